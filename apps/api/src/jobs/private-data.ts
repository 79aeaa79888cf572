import { cleanDocuments, expireMoneyRecords, resealDocuments, resealPayoutDetails, type Context } from '@assay/core';
import type { Container } from '../container.ts';

const DAY_MS = 24 * 3_600_000;

/** Deletes documents, settled e-mail and used links after their retention; reseals payout details with the current key. */
export async function purgePrivateData({ log, repos }: Container, ctx: Context): Promise<void> {
  const { requestId } = ctx;
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  const files = await cleanDocuments(ctx);
  const emails = await repos.emails.purgeSettled(ago(30 * DAY_MS));
  const links = await repos.verifications.purgeEmailLinks(ago(30 * DAY_MS));
  const resets = (await repos.passwordResets.purge(ago(DAY_MS))) + (await repos.emailChanges.purge(ago(30 * DAY_MS)));
  if (files + emails + links + resets > 0)
    log.info({ requestId, files, emails, links, resets }, 'deleted private data after its retention');
  const expired = await expireMoneyRecords(ctx);
  if (expired > 0) log.info({ requestId, rows: expired }, 'removed what was left of former members in old orders and payments');
  const { resealed, unreadable } = await resealPayoutDetails(ctx);
  if (resealed > 0) log.info({ requestId, resealed }, 'resealed payout details with the current key');
  if (unreadable > 0)
    log.error({ requestId, unreadable }, 'payout details cannot be read: their key is not in PAYOUT_DETAILS_KEY any more');
  const documents = await resealDocuments(ctx);
  if (documents.resealed > 0) log.info({ requestId, resealed: documents.resealed }, 'sealed documents with the current key');
  if (documents.unreadable > 0)
    log.error({ requestId, unreadable: documents.unreadable }, 'documents cannot be read: their key is not in PAYOUT_DETAILS_KEY any more');
}
