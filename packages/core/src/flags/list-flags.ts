import {
  FLAG_NAMES,
  type FlagDetail,
  type FlagHistoryPage,
  type FlagHistoryQuery,
  type FlagList,
  type FlagName,
  type MyFlags,
} from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { toFlagChangeView, toFlagView } from './flag-views.ts';

/** Every flag and what it is now. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listFlags(ctx: Context): Promise<FlagList> {
  requireOperator(ctx.actor);
  const rows = new Map((await ctx.repos.flags.all()).map((row) => [row.name, row]));
  return { items: FLAG_NAMES.map((name) => toFlagView(name, rows.get(name) ?? null, ctx.settings.flagDefaults, ctx.now())) };
}

/** A flag, and how many accounts there are. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function showFlag(ctx: Context, { name }: { name: FlagName }): Promise<FlagDetail> {
  requireOperator(ctx.actor);
  const [row, accounts] = await Promise.all([ctx.repos.flags.find(name), ctx.repos.metrics.countUsers()]);
  return { ...toFlagView(name, row, ctx.settings.flagDefaults, ctx.now()), accounts };
}

/** What was changed about a flag, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function flagHistory(ctx: Context, input: FlagHistoryQuery & { name: FlagName }): Promise<FlagHistoryPage> {
  requireOperator(ctx.actor);
  const { name, limit, cursor } = input;
  const [after] = cursor ? decodeCursor(cursor, `flag-${name}`, ['number']) : [];
  const rows = await ctx.repos.flags.history(name, limit + 1, after);
  return toPage(rows, limit, toFlagChangeView, ({ id }) => encodeCursor(`flag-${name}`, [id]));
}

/** Which flags are on for the caller, and which variants of A/B tests they get. Public. */
export async function myFlags(ctx: Context): Promise<MyFlags> {
  const asked = await Promise.all(FLAG_NAMES.map(async (name) => ({ name, ...(await ctx.flags.exposure(name)) })));
  return {
    flags: Object.fromEntries(asked.map(({ name, on }) => [name, on])) as MyFlags['flags'],
    variants: Object.fromEntries(asked.flatMap(({ name, variant }) => (variant === null ? [] : [[name, variant]]))),
  };
}
