import { foldForSearch, type FindPeople, type PersonView } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { AccountSearch, PersonRow } from './ports.ts';

const FOUND_MAX = 20;

/** Looks accounts up by number, e-mail address, wallet or the beginning of the name. For admins. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function findPeople(ctx: Context, { q }: FindPeople): Promise<PersonView[]> {
  requireRole(ctx.actor, 'admin');
  return (await ctx.repos.accounts.search(searchOf(q), FOUND_MAX, ctx.now())).map(toView);
}

function searchOf(text: string): AccountSearch {
  if (/^[1-9]\d{0,8}$/.test(text)) return { id: Number(text) };
  if (/^0x[0-9a-f]{40}$/i.test(text)) return { wallet: text.toLowerCase() };
  if (text.includes('@')) return { email: text.toLowerCase() };
  return { name: foldForSearch(text) };
}

const toView = ({ emailVerifiedAt, disabledAt, createdAt, ...row }: PersonRow): PersonView => ({
  ...row,
  emailConfirmed: emailVerifiedAt !== null,
  disabledAt: disabledAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
