import {
  cleanDocuments,
  cleanEvidence,
  expireMoneyRecords,
  purgeThreads,
  resealAuthenticatorApps,
  resealDocuments,
  resealEvidence,
  resealPayoutDetails,
  type Context,
} from '@assay/core';
import type { Container } from '../container.ts';

const DAY_MS = 24 * 3_600_000;

const SEALED = [
  ['payout details', resealPayoutDetails],
  ['secrets of authenticator apps', resealAuthenticatorApps],
  ['documents', resealDocuments],
  ['evidence in disputes', resealEvidence],
] as const;

/** Deletes documents, settled e-mail and used links after their retention; reseals with the current key what another one sealed. */
export async function purgePrivateData({ log, repos }: Container, ctx: Context): Promise<void> {
  const { requestId } = ctx;
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  const files = (await cleanDocuments(ctx)) + (await cleanEvidence(ctx));
  const emails = await repos.emails.purgeSettled(ago(30 * DAY_MS));
  const links = await repos.verifications.purgeEmailLinks(ago(30 * DAY_MS));
  const resets = (await repos.passwordResets.purge(ago(DAY_MS))) + (await repos.emailChanges.purge(ago(30 * DAY_MS)));
  if (files + emails + links + resets > 0)
    log.info({ requestId, files, emails, links, resets }, 'deleted private data after its retention');
  const threads = await purgeThreads(ctx);
  if (threads > 0) log.info({ requestId, threads }, 'deleted conversations after their retention');
  const expired = await expireMoneyRecords(ctx);
  if (expired > 0) log.info({ requestId, rows: expired }, 'removed what was left of former members in old orders and payments');
  for (const [what, reseal] of SEALED) {
    const { resealed, unreadable } = await reseal(ctx);
    if (resealed > 0) log.info({ requestId, resealed }, `resealed ${what} with the current key`);
    if (unreadable > 0) log.error({ requestId, unreadable }, `${what} cannot be read: their key is not in PAYOUT_DETAILS_KEY any more`);
  }
}
