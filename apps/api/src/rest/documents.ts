import { DOCUMENT_PAGES, DocumentReason, UploadDocumentQuery, VerificationView } from '@assay/contract';
import { addDocument, readDocument, type Context } from '@assay/core';
import type { Request, Response } from 'express';
import { toAppError } from '../http/problems.ts';
import { receiveUpload } from '../http/upload.ts';
import { provesForm } from '../http/upload-form.ts';
import { ById } from '../operations/inputs.ts';
import type { Images } from '../services/images/images.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';
import { sendDocument } from './send-document.ts';

const TAG = { tag: 'Verification' } as const;

/** Documents as files, in and out. */
export const documentRoutes = (tokens: Tokens, images: Images) => [
  plainRoute({
    ...TAG,
    method: 'post',
    path: '/verification/documents',
    summary: 'Add a document to those that I am about to hand in',
    description: 'PDF, JPEG, PNG or WebP, by what the file contains; up to five. Kept in private, and deleted 30 days after the decision.',
    auth: 'required',
    input: UploadDocumentQuery,
    query: true,
    upload: true,
    status: 201,
    response: VerificationView,
    errors: [403, 404, 409, 413, 415, 422, 503],
    handle: ({ ctx, input, req, res }) => upload(ctx, input, req, res, tokens, images),
  }),
  plainRoute({
    ...TAG,
    method: 'get',
    path: '/verification/documents/:id',
    summary: 'A document as it was handed in',
    description: 'For its owner; for admins with a reason, which is in the audit log with who looked. Always a download.',
    auth: 'required',
    input: ById.extend({ reason: DocumentReason.optional().describe('Needed for the document of another.') }),
    query: true,
    status: 200,
    errors: [404],
    handle: async ({ ctx, input, res }) => sendDocument(await readDocument(ctx, input), res),
  }),
];

/** Takes the file in; a form without scripts is sent on to its page, also after a refusal. */
async function upload(
  ctx: Context,
  { next }: UploadDocumentQuery,
  req: Request,
  res: Response,
  tokens: Tokens,
  images: Images,
): Promise<VerificationView | undefined> {
  try {
    const view = await receiveUpload(req, images, provesForm(req, tokens), ({ file }) => addDocument(ctx, { file }));
    if (!next) return view;
    res.redirect(303, `${DOCUMENT_PAGES[next]}document=added#verification`);
  } catch (error) {
    const { code } = toAppError(error);
    if (!next || code === 'INTERNAL' || code === 'CSRF_FAILED') throw error;
    res.redirect(303, `${DOCUMENT_PAGES[next]}documentError=${code}#verification`);
  }
  return undefined;
}
