import type {
  FlagAction,
  FlagName,
  FlagState,
  FlagView,
  KillFlagInput,
  SetFlagDetailsInput,
  SetRolloutInput,
  SetTargetsInput,
  SetVariantsInput,
  SwitchFlagInput,
} from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import { stateOf, toFlagView } from './flag-views.ts';
import type { FlagRow } from './ports.ts';

export interface FlagChange {
  name: FlagName;
  action: FlagAction;
  /** The version that the change was made from; without it, the current one. */
  version?: number | undefined;
  /** What the flag is afterwards. May throw, to refuse. */
  change: (state: FlagState, tx: Tx) => FlagState | Promise<FlagState>;
  /** What belongs to the change, in its transaction. */
  andThen?: (tx: Tx, changeId: number) => Promise<void>;
}

/**
 * Changes flags: rows, history, audit and events in one transaction; afterwards this process evaluates the new state, and the others
 * are notified. A change without effect leaves no trace.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, EDIT_CONFLICT (not that version any more, or raced too often)
 */
export async function changeFlags(ctx: Context, changes: readonly FlagChange[]): Promise<FlagView[]> {
  requireOperator(ctx.actor);
  const done = await ctx.change(async (tx) => {
    const rows = [];
    for (const change of changes) rows.push(await changeInside(tx, change));
    return rows;
  });
  const changed = done.filter(({ moved }) => moved).map(({ view }) => ({ name: view.name, enabled: view.enabled && !view.killed }));
  if (changed.length > 0) await ctx.services.flags.changed(changed);
  return done.map(({ view }) => view);
}

const changeFlag = async (ctx: Context, change: FlagChange): Promise<FlagView> => (await changeFlags(ctx, [change]))[0]!;

async function changeInside(tx: Tx, one: FlagChange): Promise<{ view: FlagView; moved: boolean }> {
  const { name, action, version, change, andThen } = one;
  const { actor, requestId, settings } = tx;
  const row = await tx.repos.flags.find(name);
  const from = row?.version ?? 0;
  if (version !== undefined && version !== from) throw new AppError('EDIT_CONFLICT');
  const before = stateOf(name, row, settings.flagDefaults);
  const after = await change(before, tx);
  const at = tx.at;
  if (sameState(before, after)) return { view: toFlagView(name, row, settings.flagDefaults, at), moved: false };

  const actorId = actor.kind === 'user' ? actor.id : null;
  if (!(await tx.repos.flags.save(name, after, from, actorId, at))) throw new Raced();
  const id = await tx.repos.flags.appendChange({ name, actorId, actorKind: actor.kind, action, before, after, requestId }, at);
  await andThen?.(tx, id);
  await tx.audit(`flag.${action}`, 'flag', name, { change: id, ...difference(before, after) });
  await tx.publish('flag.changed', { changeId: id, flag: name });
  const saved: FlagRow | null = await tx.repos.flags.find(name);
  return { view: toFlagView(name, saved, settings.flagDefaults, at), moved: true };
}

export const sameState = (a: FlagState, b: FlagState): boolean => Object.keys(difference(a, b)).length === 0;

const DETAIL_MAX = 1000;

/** What differs, as it is afterwards; long lists by their length, for the audit log. */
function difference(before: FlagState, after: FlagState): Record<string, unknown> {
  const keys = Object.keys(after) as (keyof FlagState)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(
    changed.map((key) => {
      const value = after[key];
      return [key, Array.isArray(value) && JSON.stringify(value).length > DETAIL_MAX ? `${value.length} of them` : value];
    }),
  );
}

/** For which share of people it is on. A user who has it keeps it as the share grows. @throws AppError as {@link changeFlags} */
export function setRollout(ctx: Context, { name, version, percentage }: SetRolloutInput): Promise<FlagView> {
  return changeFlag(ctx, { name, version, action: 'rollout', change: (state) => ({ ...state, rolloutPercentage: percentage }) });
}

/** On for those whom percentage and targets name, or off for everybody. @throws AppError as {@link changeFlags} */
export function switchFlag(ctx: Context, { name, version, enabled }: SwitchFlagInput): Promise<FlagView> {
  return changeFlag(ctx, { name, version, action: enabled ? 'on' : 'off', change: (state) => ({ ...state, enabled }) });
}

/** Off for every user, with all other settings, until it is revived. @throws AppError as {@link changeFlags} */
export function killFlag(ctx: Context, { name, version, killed }: KillFlagInput): Promise<FlagView> {
  return changeFlag(ctx, { name, version, action: killed ? 'kill' : 'revive', change: (state) => ({ ...state, killed }) });
}

/** Who has it regardless of the percentage. @throws AppError as {@link changeFlags} */
export function setTargets(ctx: Context, { name, version, targets }: SetTargetsInput): Promise<FlagView> {
  const key = ({ kind, value }: FlagState['targets'][number]) => `${kind} ${value}`;
  const sorted = targets.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)); // as the database gives them back
  return changeFlag(ctx, { name, version, action: 'targets', change: (state) => ({ ...state, targets: sorted }) });
}

/** The sides of an A/B test. @throws AppError as {@link changeFlags} */
export function setVariants(ctx: Context, { name, version, variants }: SetVariantsInput): Promise<FlagView> {
  return changeFlag(ctx, { name, version, action: 'variants', change: (state) => ({ ...state, variants }) });
}

/** What it is, whose it is, and when it expires. @throws AppError as {@link changeFlags} */
export function setFlagDetails(ctx: Context, { name, version, description, owner, expiresAt }: SetFlagDetailsInput): Promise<FlagView> {
  return changeFlag(ctx, {
    name,
    version,
    action: 'details',
    change: (state) => ({
      ...state,
      description: description ?? state.description,
      owner: owner ?? state.owner,
      expiresAt: expiresAt === undefined ? state.expiresAt : expiresAt && new Date(expiresAt).toISOString(),
    }),
  });
}
