import { FLAG_NAMES, type FlagName, type FlagView } from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { changeFlags, sameState } from './change-flag.ts';
import type { FlagChangeRow } from './ports.ts';

const LOOKED_AT = 100;

/**
 * Takes a change back: the flag becomes what it was before. Only while it still is what that change made of it, so that nothing
 * later is lost. To undo an undo is to do it again. Without `changeId` it is the newest change that was not taken back: done twice,
 * it goes back two steps.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, FLAG_CHANGE_NOT_FOUND, FLAG_CHANGED_SINCE, EDIT_CONFLICT
 */
export async function undoFlagChange(ctx: Context, input: { name: FlagName; changeId?: number | undefined }): Promise<FlagView> {
  requireOperator(ctx.actor);
  const { name } = input;
  const target = input.changeId === undefined ? await newest(ctx, name) : await ctx.repos.flags.findChange(input.changeId);
  if (!target || target.name !== name) throw new AppError('FLAG_CHANGE_NOT_FOUND');
  if (target.undoneBy !== null) throw new AppError('FLAG_CHANGED_SINCE', { message: 'That change has been taken back already.' });
  const [view] = await changeFlags(ctx, [
    {
      name,
      action: 'undo',
      change(state) {
        if (!sameState(target.after, state)) throw new AppError('FLAG_CHANGED_SINCE');
        return target.before;
      },
      async andThen(tx, id) {
        if (!(await tx.repos.flags.markUndone(target.id, id))) throw new AppError('FLAG_CHANGED_SINCE');
      },
    },
  ]);
  return view!;
}

async function newest(ctx: Context, name: FlagName): Promise<FlagChangeRow | null> {
  const history = await ctx.repos.flags.history(name, LOOKED_AT);
  return history.find(({ action, undoneBy }) => action !== 'undo' && undoneBy === null) ?? null;
}

/** Switches a feature off. @throws AppError UNAUTHENTICATED, FORBIDDEN, EDIT_CONFLICT */
export async function rollbackFeature(ctx: Context, { name }: { name: FlagName }): Promise<FlagView> {
  return (await rollBack(ctx, [name]))[0]!;
}

/** Switches every seller feature off, in one transaction, with an entry in the history of each. @throws AppError as {@link rollbackFeature} */
export function rollbackAllSellerFeatures(ctx: Context): Promise<FlagView[]> {
  return rollBack(
    ctx,
    FLAG_NAMES.filter((name) => name.startsWith('seller-')),
  );
}

function rollBack(ctx: Context, names: readonly FlagName[]): Promise<FlagView[]> {
  return changeFlags(
    ctx,
    names.map((name) => ({ name, action: 'rollback' as const, change: (state) => ({ ...state, enabled: false }) })),
  );
}
