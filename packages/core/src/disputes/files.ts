import { DISPUTE_FILES_MAX, type DisputeView } from '@assay/contract';
import { hasRole, requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { Resealed } from '../kernel/seal.ts';
import type { ReceivedFile } from '../images/ports.ts';
import { requireCleanFile } from '../malware/require-clean-file.ts';
import { partyOf } from '../orders/rules.ts';
import type { DocumentContent } from '../verification/documents.ts';
import { resealFiles } from '../verification/reseal-documents.ts';
import { ARRIVAL_MS } from '../verification/rules.ts';
import { viewOfDispute } from './get-dispute.ts';
import { lockDispute } from './move-dispute.ts';
import { publishDispute } from './publish-dispute.ts';
import { takesEvidence } from './rules.ts';

/** Evidence is kept so long after a dispute is closed: a bank may ask for it. */
const KEEP_MS = 120 * 24 * 3_600_000;
const BATCH = 100;

/**
 * A side of a dispute adds a file as evidence.
 * @throws AppError UNAUTHENTICATED, DISPUTE_NOT_FOUND, DISPUTE_CHANGED (it is closed), DOCUMENT_TYPE_UNSUPPORTED, FILE_INFECTED,
 *   FILE_NOT_SCANNED, TOO_MANY_DOCUMENTS, EDIT_CONFLICT
 */
export async function addEvidence(ctx: Context, { id, file }: { id: number; file: ReceivedFile }): Promise<DisputeView> {
  const user = requireUser(ctx.actor);
  const { documents } = ctx.services;
  const type = await documents.typeOf(file.path);
  await requireCleanFile(ctx, file);
  const storageKey = documents.newKey();
  const fileId = await ctx.change(async (tx) => {
    const { order, dispute } = await lockDispute(tx, id);
    if (!partyOf(order, user.id)) throw new AppError('DISPUTE_NOT_FOUND');
    if (!takesEvidence(dispute.status)) throw new AppError('DISPUTE_CHANGED');
    const count = await tx.repos.disputeFiles.countOf(dispute.id, user.id, new Date(tx.at.getTime() - ARRIVAL_MS));
    if (count >= DISPUTE_FILES_MAX) throw new AppError('TOO_MANY_DOCUMENTS', { message: `You can add up to ${DISPUTE_FILES_MAX} files.` });
    return tx.repos.disputeFiles.add({ disputeId: dispute.id, uploaderId: user.id, storageKey, type, bytes: file.bytes }, tx.at);
  });
  const keyId = await documents.put(storageKey, file.path, type);
  await ctx.change(async (tx) => {
    if (!(await tx.repos.disputeFiles.stored(fileId, keyId, tx.at))) throw new AppError('EDIT_CONFLICT');
    const { order, dispute } = await lockDispute(tx, id);
    await tx.audit('dispute.evidence-added', 'order', id, { disputeId: dispute.id, fileId });
    await publishDispute(tx, order, dispute.id);
  });
  return viewOfDispute(ctx, id, user);
}

/**
 * A file of a dispute, for its sides and for admins; an admin's look is in the audit log.
 * @throws AppError UNAUTHENTICATED, DOCUMENT_NOT_FOUND (also where the actor is neither a side nor an admin)
 */
export async function readEvidence(ctx: Context, { id }: { id: number }): Promise<DocumentContent> {
  const user = requireUser(ctx.actor);
  const file = await ctx.repos.disputeFiles.find(id);
  const dispute = file && (await ctx.repos.disputes.find(file.disputeId));
  const order = dispute && (await ctx.repos.orders.findById(dispute.orderId));
  const isParty = order && partyOf(order, user.id) !== null;
  if (!order || !(isParty || hasRole(user, 'admin'))) throw new AppError('DOCUMENT_NOT_FOUND');
  if (!isParty) await ctx.change((tx) => tx.audit('dispute.evidence-viewed', 'order', order.id, { disputeId: dispute.id, fileId: id }));
  const content = await ctx.services.documents.read(file.storageKey);
  if (!content) throw new AppError('DOCUMENT_NOT_FOUND');
  return { id, type: file.type, content };
}

/** The content of a file that I added, for my export; null where it is none of mine, or is deleted. @throws AppError UNAUTHENTICATED */
export async function readOwnEvidence(ctx: Context, id: number): Promise<Uint8Array | null> {
  const file = await ctx.repos.disputeFiles.find(id);
  return file?.uploaderId === requireUser(ctx.actor).id ? ctx.services.documents.read(file.storageKey) : null;
}

/** Deletes evidence after its retention, and files that never arrived. Their rows stay. @returns how many @throws AppError FORBIDDEN */
export async function cleanEvidence(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const before = { arriving: new Date(ctx.now().getTime() - ARRIVAL_MS), closed: new Date(ctx.now().getTime() - KEEP_MS) };
  for (let cleaned = 0; ;) {
    const leftovers = await ctx.repos.disputeFiles.leftovers(before, BATCH);
    for (const { id, storageKey } of leftovers) {
      await ctx.services.documents.delete(storageKey);
      await ctx.repos.disputeFiles.removed(id, ctx.now());
    }
    cleaned += leftovers.length;
    if (leftovers.length < BATCH) return cleaned;
  }
}

/** Seals evidence with the current key that another one has sealed, or none. Called by a job. @throws AppError FORBIDDEN */
export const resealEvidence = (ctx: Context): Promise<Resealed> =>
  resealFiles(ctx, {
    sealedByOthers: (...page) => ctx.repos.disputeFiles.sealedByOthers(...page),
    sealed: (...file) => ctx.repos.disputeFiles.sealed(...file),
  });
