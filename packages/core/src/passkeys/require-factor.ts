import type { UserActor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/**
 * An admin or operator whose account has a passkey changes its factors in a session that was opened with one: otherwise the password alone
 * would be enough to add another factor.
 * @throws AppError SECOND_FACTOR_REQUIRED
 */
export async function requireFactorOf({ repos }: Pick<Context, 'repos'>, { id, withheldRoles = [] }: UserActor): Promise<void> {
  if (withheldRoles.length > 0 && (await repos.passkeys.listOf(id)).length > 0) throw new AppError('SECOND_FACTOR_REQUIRED');
}
