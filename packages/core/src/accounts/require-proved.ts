import { AppError } from '../kernel/errors.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { DEMO_EMAIL_DOMAIN } from './rules.ts';

/**
 * What moves numbers that others see needs an account that belongs to a mailbox or a wallet: accounts alone are free, so one person could
 * have any number of voices. Demo accounts count as proved.
 * @throws AppError EMAIL_NOT_VERIFIED
 */
export async function requireProvedAccount(repos: Pick<Repositories, 'accounts' | 'wallets'>, userId: number): Promise<void> {
  const account = await repos.accounts.findById(userId);
  if (account?.emailVerifiedAt || account?.email?.endsWith(DEMO_EMAIL_DOMAIN)) return;
  if ((await repos.wallets.listOf(userId)).length > 0) return;
  throw new AppError('EMAIL_NOT_VERIFIED', {
    message: 'Confirm your e-mail address first, or link a wallet. Your account page sends the link.',
  });
}
