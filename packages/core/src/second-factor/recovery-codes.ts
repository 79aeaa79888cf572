import type { OwnerProof, RecoveryCodes } from '@assay/contract';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { readCode } from './rules.ts';

/** New recovery codes, and the hashes to keep of them, in the order of their numbers. */
export async function newRecoveryCodes({ pure, services }: Context): Promise<{ codes: string[]; hashes: string[] }> {
  const codes = pure.secondFactor.newRecoveryCodes();
  return { codes, hashes: await Promise.all(codes.map((code) => services.passwords.hash(readCode(code)!.code))) };
}

/**
 * New recovery codes in place of all before.
 * @throws AppError UNAUTHENTICATED, SECOND_FACTOR_OFF, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function renewRecoveryCodes(ctx: Context, proof: OwnerProof): Promise<RecoveryCodes> {
  const owner = await proveOwner(ctx, proof);
  const { codes, hashes } = await newRecoveryCodes(ctx);
  await ctx.change(async (tx) => {
    await lockProven(tx, owner);
    if (!(await tx.repos.secondFactor.findApp(owner.id))?.enabledAt) throw new AppError('SECOND_FACTOR_OFF');
    await tx.repos.secondFactor.replaceRecoveryCodes(owner.id, hashes);
    await tx.audit('recovery-codes.renewed', 'user', owner.id);
    await notifyOwner(tx, owner, 'recovery-codes.renewed');
  });
  return { codes };
}
