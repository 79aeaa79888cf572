import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { changeFlags } from '../flags/change-flag.ts';
import { figuresOfRequests } from '../operations/metrics.ts';
import { requestRun } from '../operations/run-maintenance.ts';
import { Raced } from '../kernel/raced.ts';
import { transition } from '../kernel/transition.ts';
import type { RolloutMove, RolloutRow } from './ports.ts';
import { ROLLOUT } from './rollout-machine.ts';
import { isOfFeature, judge, readGuards, RECENT_MS, type Measured } from './rules.ts';

/** What became of a rollout that was looked at. */
export interface RolloutStep {
  id: number;
  flag: string;
  status: RolloutRow['status'];
  percentage: number;
  message: string | null;
}

/** Another process has moved the rollout meanwhile: nothing of this step is done. */
class MovedOn extends Error {}

/** The flag was changed by hand: the rollout has no say in it any more. */
class TakenOver extends Error {}

/**
 * Looks at every rollout that is not over, and lets it go on, back, or stand; one that waits for a person still goes back when something
 * is bad. Called by the clock, in one process at a time; two at once do
 * no harm, because a rollout moves only from where it was read. Returns those that moved.
 * @throws AppError FORBIDDEN
 */
export async function advanceRollouts(ctx: Context): Promise<RolloutStep[]> {
  requireSystem(ctx.actor);
  const steps: RolloutStep[] = [];
  for (const rollout of await ctx.repos.rollouts.open()) {
    try {
      const step = await advance(ctx, rollout);
      if (step) steps.push(step);
    } catch (error) {
      if (!(error instanceof MovedOn)) throw error;
    }
  }
  return steps;
}

async function advance(ctx: Context, rollout: RolloutRow): Promise<RolloutStep | null> {
  const measured = await measure(ctx, rollout);
  const guards = readGuards(rollout, measured);
  if (JSON.stringify(guards) !== JSON.stringify(rollout.guards)) await ctx.repos.rollouts.note(rollout.id, guards);
  const verdict = judge(rollout, measured, ctx.now());
  const current = rollout.phases[rollout.phase]!;
  const at = ctx.now();
  if (rollout.status === 'paused' && verdict.kind !== 'bad') return null;
  switch (verdict.kind) {
    case 'wait':
      return assertOwn(ctx, rollout, current);
    case 'verify':
      await ctx.change((tx) => requestRun(tx, 'verify', null));
      return null;
    case 'too-little':
      return move(ctx, rollout, current, { status: 'paused', message: verdict.message });
    case 'bad': {
      const { startPercentage } = rollout;
      const message = `${verdict.message} Back to ${startPercentage} % from ${current} %.`.slice(0, 500);
      return turn(ctx, rollout, startPercentage, { status: 'rolled-back', message, finishedAt: at });
    }
    case 'go-on': {
      const phase = rollout.phase + 1;
      const next = rollout.phases[phase];
      if (next === undefined) return move(ctx, rollout, current, { status: 'done', message: null, finishedAt: at });
      return turn(ctx, rollout, next, { status: 'running', phase, phaseStartedAt: at, message: null });
    }
  }
}

async function measure(ctx: Context, { flag, phaseStartedAt }: RolloutRow): Promise<Measured> {
  const since = async (from: Date) =>
    figuresOfRequests((await ctx.repos.metrics.requests(from)).filter(({ endpoint }) => isOfFeature(flag, endpoint)));
  const recent = new Date(Math.max(phaseStartedAt.getTime(), ctx.now().getTime() - RECENT_MS));
  const verification = await ctx.repos.maintenance.lastVerification();
  return {
    phase: await since(phaseStartedAt),
    recent: await since(recent),
    verification: verification && verification.at >= phaseStartedAt ? verification : null,
  };
}

/** Sets the flag and moves the rollout, both or neither. Where the flag was changed by hand, the rollout ends instead. */
async function turn(ctx: Context, rollout: RolloutRow, percentage: number, to: RolloutMove): Promise<RolloutStep> {
  const current = rollout.phases[rollout.phase]!;
  try {
    await changeFlags(ctx, [
      {
        name: rollout.flag,
        action: to.status === 'rolled-back' ? 'rollback' : 'rollout',
        change(state) {
          if (!state.enabled || state.killed || state.rolloutPercentage !== current) throw new TakenOver();
          return { ...state, rolloutPercentage: percentage };
        },
        andThen: (tx) => record(tx, rollout, to),
      },
    ]);
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
    return takenOver(ctx, rollout, current);
  }
  return { id: rollout.id, flag: rollout.flag, status: to.status, percentage, message: to.message };
}

async function move(ctx: Context, rollout: RolloutRow, percentage: number, to: RolloutMove): Promise<RolloutStep> {
  await ctx.change((tx) => record(tx, rollout, to));
  return { id: rollout.id, flag: rollout.flag, status: to.status, percentage, message: to.message };
}

async function record(tx: Tx, rollout: RolloutRow, { status, ...change }: RolloutMove): Promise<void> {
  try {
    await transition(tx, ROLLOUT, rollout, status, { move: change, action: status });
  } catch (error) {
    // It was judged as it was read, outside this change: another attempt would judge nothing anew.
    throw error instanceof Raced ? new MovedOn() : error;
  }
}

/** While a phase waits: is the flag still where the rollout has put it? */
async function assertOwn(ctx: Context, rollout: RolloutRow, current: number): Promise<RolloutStep | null> {
  const flag = await ctx.repos.flags.find(rollout.flag);
  const own = flag?.enabled && !flag.killed && flag.rolloutPercentage === current;
  return own ? null : takenOver(ctx, rollout, flag?.rolloutPercentage ?? current);
}

const takenOver = (ctx: Context, rollout: RolloutRow, percentage: number) =>
  move(ctx, rollout, percentage, {
    status: 'stopped',
    finishedAt: ctx.now(),
    message: 'The flag was changed by hand meanwhile. It stays as it is.',
  });
