import { DOCUMENTS_MAX, type DocumentReason, type SubmitVerificationInput, type VerificationView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import type { ReceivedFile } from '../images/ports.ts';
import { requireCleanFile } from '../malware/require-clean-file.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { getVerification } from './get-verification.ts';
import type { VerificationStatusName } from './ports.ts';
import { ARRIVAL_MS, isOpen, SUBMISSIONS_MAX, SUBMISSIONS_MS } from './rules.ts';

/** The draft that papers go into; a new one where there is none. In a transaction that holds the account. */
async function draftOf(repos: Repositories, userId: number, at: Date): Promise<number> {
  const latest = await repos.verifications.latest(userId);
  if (!isOpen(latest)) throw new AppError('VERIFICATION_CLOSED');
  if (latest?.status === 'draft') return latest.id;
  const id = await repos.verifications.createDraft(userId, at);
  if (id === null) throw new AppError('EDIT_CONFLICT');
  return id;
}

/**
 * Adds a paper to those that I am about to hand in.
 * @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND, DOCUMENT_TYPE_UNSUPPORTED, FILE_INFECTED, FILE_NOT_SCANNED, VERIFICATION_CLOSED,
 * TOO_MANY_DOCUMENTS, EDIT_CONFLICT
 */
export async function addDocument(ctx: Context, { file }: { file: ReceivedFile }): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  const { documents } = ctx.services;
  const type = await documents.typeOf(file.path);
  await requireCleanFile(ctx, file);
  const storageKey = documents.newKey();
  const id = await ctx.change(async (tx) => {
    const now = tx.at;
    await tx.repos.accounts.lock(user.id, now);
    await requireSeller(tx.repos, user.id);
    const verificationId = await draftOf(tx.repos, user.id, now);
    const count = await tx.repos.verifications.countDocuments(verificationId, new Date(now.getTime() - ARRIVAL_MS));
    if (count >= DOCUMENTS_MAX) throw new AppError('TOO_MANY_DOCUMENTS');
    return tx.repos.verifications.addDocument({ verificationId, storageKey, type, bytes: file.bytes }, now);
  });
  const keyId = await documents.put(storageKey, file.path, type);
  await ctx.change(async (tx) => {
    if (!(await tx.repos.verifications.documentStored(id, keyId, tx.at))) throw new AppError('EDIT_CONFLICT');
    await tx.publish('verification.changed', { userId: user.id, kind: 'documents' });
  });
  return getVerification(ctx);
}

/** Takes a paper of mine out that is not handed in yet; its file goes at once. @throws AppError UNAUTHENTICATED, DOCUMENT_NOT_FOUND */
export async function removeDocument(ctx: Context, { id }: { id: number }): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  const { documents } = ctx.services;
  const storageKey = await ctx.change(async (tx) => {
    await tx.repos.accounts.lock(user.id, tx.at);
    const document = await tx.repos.verifications.findDocument(id);
    if (!document || !(await tx.repos.verifications.withdrawDocument(id, user.id))) throw new AppError('DOCUMENT_NOT_FOUND');
    await tx.publish('verification.changed', { userId: user.id, kind: 'documents' });
    return document.storageKey;
  });
  await documents.delete(storageKey); // cut off before the next line, cleaning does both again
  await ctx.repos.verifications.documentRemoved(id, ctx.now());
  return getVerification(ctx);
}

/**
 * Hands my papers in: an admin decides about them.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED (without a file), VERIFICATION_CLOSED, VERIFICATION_LIMIT, EDIT_CONFLICT
 */
export async function submitVerification(ctx: Context, input: SubmitVerificationInput): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const now = tx.at;
    await tx.repos.accounts.lock(user.id, now);
    const latest = await tx.repos.verifications.latest(user.id);
    if (!isOpen(latest)) throw new AppError('VERIFICATION_CLOSED');
    const draft = latest?.status === 'draft' ? latest : null;
    const files = draft ? ((await tx.repos.verifications.documentsOf([draft.id])).get(draft.id)?.length ?? 0) : 0;
    if (!draft || files === 0)
      throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'files', message: 'Add at least one file first.' }] });
    const before = await tx.repos.verifications.submissionsSince(user.id, new Date(now.getTime() - SUBMISSIONS_MS));
    const oldest = before[SUBMISSIONS_MAX - 1];
    if (oldest)
      throw new AppError('VERIFICATION_LIMIT', { retryAfterS: Math.ceil((oldest.getTime() + SUBMISSIONS_MS - now.getTime()) / 1000) });
    if (!(await tx.repos.verifications.submit(draft.id, input, now))) throw new AppError('EDIT_CONFLICT');
    await tx.audit('verification.submitted', 'verification', draft.id, { files });
    await tx.publish('verification.changed', { userId: user.id, kind: 'documents' });
  });
  return getVerification(ctx);
}

/** A paper as it was handed in. */
export interface DocumentContent {
  id: number;
  type: string;
  content: Uint8Array;
}

/** The file of a document of mine; null where it is none of mine, or is deleted. @throws AppError UNAUTHENTICATED */
export async function readOwnDocument(ctx: Context, id: number): Promise<Uint8Array | null> {
  const document = await ctx.repos.verifications.findDocument(id);
  return document?.userId === requireUser(ctx.actor).id ? ctx.services.documents.read(document.storageKey) : null;
}

/**
 * A document of mine, or of another seller for an admin with a reason: both are in the audit log. A review is a reason while the document
 * waits for a decision.
 * @throws AppError UNAUTHENTICATED, DOCUMENT_NOT_FOUND, VALIDATION_FAILED (no reason)
 */
export async function readDocument(
  ctx: Context,
  { id, reason }: { id: number; reason?: DocumentReason | undefined },
): Promise<DocumentContent> {
  const user = requireUser(ctx.actor);
  const document = await ctx.repos.verifications.findDocument(id);
  const own = document?.userId === user.id;
  // Drafts are visible to their owner only.
  const mayDecide = user.roles.includes('admin') && document !== null && document.status !== 'draft';
  if (!document || !(own || mayDecide)) throw new AppError('DOCUMENT_NOT_FOUND');
  if (!own) await noteLook(ctx, document, reason);
  const content = await ctx.services.documents.read(document.storageKey);
  if (!content) throw new AppError('DOCUMENT_NOT_FOUND');
  return { id, type: document.type, content };
}

type FoundDocument = { id: number; verificationId: number; status: VerificationStatusName };

/** @throws AppError VALIDATION_FAILED */
async function noteLook(ctx: Context, { id, verificationId, status }: FoundDocument, reason: DocumentReason | undefined): Promise<void> {
  const message = reason ? 'It is decided already: give another reason.' : 'Say why you open it: review, seller-request or authority.';
  if (!reason || (reason === 'review' && status !== 'submitted'))
    throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'reason', message }] });
  await ctx.change((tx) => tx.audit('verification.file-viewed', 'verification', verificationId, { documentId: id, reason }));
}
