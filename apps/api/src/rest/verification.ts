import {
  DecideVerificationInput,
  DocumentParams,
  EmailTokenInput,
  SubmitVerificationInput,
  UploadDocumentQuery,
  VerificationQueue,
  VerificationView,
} from '@assay/contract';
import {
  addDocument,
  confirmEmail,
  decideVerification,
  getVerification,
  listVerifications,
  readDocument,
  removeDocument,
  sendEmailLink,
  submitVerification,
  type Context,
} from '@assay/core';
import type { Request, Response } from 'express';
import { toAppError } from '../http/problems.ts';
import { receiveUpload } from '../http/upload.ts';
import { provesForm } from '../http/upload-form.ts';
import type { Images } from '../services/images/images.ts';
import type { Tokens } from '../services/tokens.ts';
import { route } from './route.ts';

const TAG = { tag: 'Verification' } as const;

/** E-mail links and papers. The pages use the same use cases. */
export const verificationRoutes = (tokens: Tokens, images: Images) => [
  route({
    ...TAG,
    method: 'get',
    path: '/verification',
    summary: 'What of me is verified, and how far the rest is',
    auth: 'required',
    status: 200,
    response: VerificationView,
    handle: ({ ctx }) => getVerification(ctx),
  }),
  route({
    ...TAG,
    method: 'post',
    path: '/verification/email',
    summary: 'Send me another link to confirm my e-mail address',
    description: 'One a minute and five a day, for each account and to each address.',
    auth: 'required',
    status: 204,
    errors: [409],
    handle: ({ ctx }) => sendEmailLink(ctx),
  }),
  route({
    ...TAG,
    method: 'post',
    path: '/verification/email/confirm',
    summary: 'Confirm an e-mail address with what its link holds',
    auth: 'none',
    body: EmailTokenInput,
    status: 204,
    errors: [422],
    handle: ({ ctx, body }) => confirmEmail(ctx, body),
  }),
  route({
    ...TAG,
    method: 'post',
    path: '/verification/documents',
    summary: 'Add a paper to those that I am about to hand in',
    description: 'PDF, JPEG, PNG or WebP, by what the file contains; up to five. Kept in private, and deleted 30 days after the decision.',
    auth: 'required',
    query: UploadDocumentQuery,
    upload: true,
    status: 201,
    response: VerificationView,
    errors: [403, 404, 409, 413, 415, 503],
    handle: ({ ctx, query, req, res }) => upload(ctx, query, req, res, tokens, images),
  }),
  route({
    ...TAG,
    method: 'get',
    path: '/verification/documents/:id',
    summary: 'A paper as it was handed in',
    description: 'For its owner, and for admins: their looking is noted in the audit log. Always a download.',
    auth: 'required',
    params: DocumentParams,
    status: 200,
    errors: [404],
    handle: async ({ ctx, params, res }) => sendDocument(await readDocument(ctx, params), res),
  }),
  route({
    ...TAG,
    method: 'delete',
    path: '/verification/documents/:id',
    summary: 'Take a paper out that is not handed in yet',
    auth: 'required',
    params: DocumentParams,
    status: 200,
    response: VerificationView,
    errors: [404],
    handle: ({ ctx, params }) => removeDocument(ctx, params),
  }),
  route({
    ...TAG,
    method: 'post',
    path: '/verification/submit',
    summary: 'Hand my papers in',
    auth: 'required',
    body: SubmitVerificationInput,
    status: 200,
    response: VerificationView,
    errors: [409],
    handle: ({ ctx, body }) => submitVerification(ctx, body),
  }),
  route({
    ...TAG,
    method: 'get',
    path: '/verification/queue',
    summary: 'Papers that wait for a decision (admins)',
    auth: 'required',
    status: 200,
    response: VerificationQueue,
    errors: [403],
    handle: ({ ctx }) => listVerifications(ctx),
  }),
  route({
    ...TAG,
    method: 'post',
    path: '/verification/decisions',
    summary: 'Decide about papers (admins)',
    description: 'Not about one’s own. The seller is told, with the reason.',
    auth: 'required',
    body: DecideVerificationInput,
    status: 204,
    errors: [403, 404, 409],
    handle: ({ ctx, body }) => decideVerification(ctx, body),
  }),
];

const PAGES = { profile: '/seller/profile?', onboarding: '/seller/onboarding?step=verification&' };

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
    res.redirect(303, `${PAGES[next]}document=added#verification`);
  } catch (error) {
    const { code } = toAppError(error);
    if (!next || code === 'INTERNAL' || code === 'CSRF_FAILED') throw error;
    res.redirect(303, `${PAGES[next]}documentError=${code}#verification`);
  }
  return undefined;
}

const EXTENSIONS: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Never shown in a page of ours: it is a stranger's file. */
function sendDocument({ id, type, content }: Awaited<ReturnType<typeof readDocument>>, res: Response): void {
  res
    .setHeader('Content-Type', type)
    .setHeader('Content-Length', content.byteLength)
    .setHeader('Content-Disposition', `attachment; filename="paper-${id}.${EXTENSIONS[type] ?? 'bin'}"`)
    .setHeader('Cache-Control', 'no-store')
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
    .setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.end(content);
}
