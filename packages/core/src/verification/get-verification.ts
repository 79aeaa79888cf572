import { DOCUMENTS_MAX, type VerificationStatus, type VerificationView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { DocumentRow } from './ports.ts';
import { documentsState, emailState, isOpen, walletState } from './rules.ts';

export const toDocumentView = ({ id, type, bytes, createdAt }: DocumentRow) => ({ id, type, bytes, createdAt: createdAt.toISOString() });

/** What of me is verified, and how far the rest is. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getVerification(ctx: Context): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  const { accounts, verifications, wallets } = ctx.repos;
  const [account, linked, latest] = await Promise.all([accounts.findById(user.id), wallets.listOf(user.id), verifications.latest(user.id)]);
  if (!account) throw new AppError('SESSION_ENDED');
  const { email, emailVerifiedAt } = account;
  const isDraft = latest?.status === 'draft';
  const [lastLink, before, files] = await Promise.all([
    email === null || emailVerifiedAt ? null : verifications.lastEmailLink(user.id, email),
    isDraft ? verifications.latest(user.id, true) : null,
    latest && (isDraft || latest.status === 'submitted') ? verifications.documentsOf([latest.id]) : null,
  ]);
  return {
    email: { address: email, ...emailState(emailVerifiedAt, lastLink, ctx.now()) },
    wallet: walletState(linked[0]?.linkedAt ?? null),
    documents: {
      ...documentsState(latest, before),
      files: (latest && files?.get(latest.id))?.map(toDocumentView) ?? [],
      open: isOpen(latest),
      maxFiles: DOCUMENTS_MAX,
      maxBytes: ctx.settings.documentMaxBytes,
    },
  };
}

/** What of a seller is verified, for everybody. */
export async function verificationStatusOf(ctx: Context, userId: number): Promise<VerificationStatus> {
  const { email, wallet, documents } = await ctx.repos.verifications.verifiedOf(userId);
  const shown = (is: boolean) => (is ? 'verified' : 'none');
  return { email: shown(email), wallet: shown(wallet), documents: shown(documents) };
}
