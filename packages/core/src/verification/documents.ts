import { DOCUMENTS_MAX, type SubmitVerificationInput, type VerificationView } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import type { ReceivedFile } from '../images/ports.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { getVerification } from './get-verification.ts';
import { ARRIVAL_MS, isOpen, SUBMISSIONS_MAX, SUBMISSIONS_MS } from './rules.ts';

/** The draft that papers go into; a new one where there is none. In a transaction that holds the account. */
async function draftOf(store: Store, userId: number, at: Date): Promise<number> {
  const latest = await store.verifications.latest(userId);
  if (!isOpen(latest)) throw new AppError('VERIFICATION_CLOSED');
  if (latest?.status === 'draft') return latest.id;
  const id = await store.verifications.createDraft(userId, at);
  if (id === null) throw new AppError('EDIT_CONFLICT');
  return id;
}

/**
 * Adds a paper to those that I am about to hand in.
 * @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND, DOCUMENT_TYPE_UNSUPPORTED, VERIFICATION_CLOSED, TOO_MANY_DOCUMENTS, EDIT_CONFLICT
 */
export async function addDocument(ctx: Context, { file }: { file: ReceivedFile }): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  const { documents } = ctx.services;
  const type = await documents.typeOf(file.path);
  const storageKey = documents.newKey();
  const id = await ctx.transaction(async (store) => {
    const now = ctx.now();
    await store.accounts.hold(user.id, now);
    await requireSeller(store, user.id);
    const verificationId = await draftOf(store, user.id, now);
    const count = await store.verifications.countDocuments(verificationId, new Date(now.getTime() - ARRIVAL_MS));
    if (count >= DOCUMENTS_MAX) throw new AppError('TOO_MANY_DOCUMENTS');
    return store.verifications.addDocument({ verificationId, storageKey, type, bytes: file.bytes }, now);
  });
  await documents.put(storageKey, file.path, type);
  await ctx.transaction(async (store) => {
    if (!(await store.verifications.documentStored(id, ctx.now()))) throw new AppError('EDIT_CONFLICT');
    await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'documents' } }, ctx.now());
  });
  return getVerification(ctx);
}

/** Takes a paper of mine out that is not handed in yet; its file goes at once. @throws AppError UNAUTHENTICATED, DOCUMENT_NOT_FOUND */
export async function removeDocument(ctx: Context, { id }: { id: number }): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  const { documents } = ctx.services;
  const storageKey = await ctx.transaction(async (store) => {
    await store.accounts.hold(user.id, ctx.now());
    const document = await store.verifications.findDocument(id);
    if (!document || !(await store.verifications.withdrawDocument(id, user.id))) throw new AppError('DOCUMENT_NOT_FOUND');
    await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'documents' } }, ctx.now());
    return document.storageKey;
  });
  await documents.delete(storageKey); // cut off before the next line, cleaning does both again
  await ctx.store.verifications.documentRemoved(id, ctx.now());
  return getVerification(ctx);
}

/**
 * Hands my papers in: an admin decides about them.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED (without a file), VERIFICATION_CLOSED, VERIFICATION_LIMIT, EDIT_CONFLICT
 */
export async function submitVerification(ctx: Context, input: SubmitVerificationInput): Promise<VerificationView> {
  const user = requireUser(ctx.actor);
  await ctx.transaction(async (store) => {
    const now = ctx.now();
    await store.accounts.hold(user.id, now);
    const latest = await store.verifications.latest(user.id);
    if (!isOpen(latest)) throw new AppError('VERIFICATION_CLOSED');
    const draft = latest?.status === 'draft' ? latest : null;
    const files = draft ? ((await store.verifications.documentsOf([draft.id])).get(draft.id)?.length ?? 0) : 0;
    if (!draft || files === 0)
      throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'files', message: 'Add at least one file first.' }] });
    const before = await store.verifications.submissionsSince(user.id, new Date(now.getTime() - SUBMISSIONS_MS));
    const oldest = before[SUBMISSIONS_MAX - 1];
    if (oldest)
      throw new AppError('VERIFICATION_LIMIT', { retryAfterS: Math.ceil((oldest.getTime() + SUBMISSIONS_MS - now.getTime()) / 1000) });
    if (!(await store.verifications.submit(draft.id, input, now))) throw new AppError('EDIT_CONFLICT');
    await store.audit.append(auditRecord(ctx, 'verification.submitted', 'verification', draft.id, { files }));
    await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'documents' } }, now);
  });
  return getVerification(ctx);
}

/** A paper as it was handed in. */
export interface DocumentContent {
  id: number;
  type: string;
  content: Uint8Array;
}

/**
 * A paper of mine, or of anybody for an admin: then it is noted who looked.
 * @throws AppError UNAUTHENTICATED, DOCUMENT_NOT_FOUND
 */
export async function readDocument(ctx: Context, { id }: { id: number }): Promise<DocumentContent> {
  const user = requireUser(ctx.actor);
  const document = await ctx.store.verifications.findDocument(id);
  const own = document?.userId === user.id;
  // Drafts are nobody else's affair.
  const mayDecide = user.roles.includes('admin') && document !== null && document.status !== 'draft';
  if (!document || !(own || mayDecide)) throw new AppError('DOCUMENT_NOT_FOUND');
  if (!own)
    await ctx.transaction((store) =>
      store.audit.append(auditRecord(ctx, 'verification.file-viewed', 'verification', document.verificationId, { documentId: id })),
    );
  const content = await ctx.services.documents.read(document.storageKey);
  if (!content) throw new AppError('DOCUMENT_NOT_FOUND');
  return { id, type: document.type, content };
}
