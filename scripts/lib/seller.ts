import type { Context } from '@assay/core';
import { Refusal } from './command.ts';

/** The account with that e-mail address. @throws Refusal if there is none */
export async function sellerByEmail(ctx: Context, email: string): Promise<number> {
  const account = await ctx.repos.accounts.findByEmail(email.trim().toLowerCase());
  if (!account) throw new Refusal(`There is no account with the e-mail ${email}.`);
  return account.id;
}
