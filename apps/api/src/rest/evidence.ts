import { DisputeView, PAGES, UploadEvidenceQuery } from '@assay/contract';
import { addEvidence, readEvidence, type Context } from '@assay/core';
import type { Request, Response } from 'express';
import { toAppError } from '../http/problems.ts';
import { receiveUpload } from '../http/upload.ts';
import { provesForm } from '../http/upload-form.ts';
import { ById } from '../operations/inputs.ts';
import type { Images } from '../services/images/images.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';
import { sendDocument } from './send-document.ts';

const TAG = { tag: 'Disputes' } as const;

/** Evidence in disputes as files, in and out. */
export const evidenceRoutes = (tokens: Tokens, images: Images) => [
  plainRoute({
    ...TAG,
    method: 'post',
    path: '/disputes/files',
    summary: 'Add a file to a dispute as evidence (its sides)',
    description: 'PDF, JPEG, PNG or WebP, by what the file contains; up to five of each side. Both sides and admins read it.',
    auth: 'required',
    input: UploadEvidenceQuery,
    query: true,
    upload: true,
    status: 201,
    response: DisputeView,
    errors: [403, 404, 409, 413, 415, 422, 503],
    handle: ({ ctx, input, req, res }) => upload(ctx, input, req, res, tokens, images),
  }),
  plainRoute({
    ...TAG,
    method: 'get',
    path: '/disputes/files/:id',
    summary: 'A file of a dispute (its sides, admins)',
    description: 'Always a download. An admin’s look is in the audit log.',
    auth: 'required',
    input: ById,
    query: true,
    status: 200,
    errors: [404],
    handle: async ({ ctx, input, res }) => sendDocument(await readEvidence(ctx, input), res, 'evidence'),
  }),
];

/** Takes the file in; a form without scripts is sent on to the page of the order, also after a refusal. */
async function upload(
  ctx: Context,
  { orderId, next }: UploadEvidenceQuery,
  req: Request,
  res: Response,
  tokens: Tokens,
  images: Images,
): Promise<DisputeView | undefined> {
  try {
    const view = await receiveUpload(req, images, provesForm(req, tokens), ({ file }) => addEvidence(ctx, { id: orderId, file }));
    if (!next) return view;
    res.redirect(303, `${PAGES.order(orderId)}?evidence=added#dispute`);
  } catch (error) {
    const { code } = toAppError(error);
    if (!next || code === 'INTERNAL' || code === 'CSRF_FAILED') throw error;
    res.redirect(303, `${PAGES.order(orderId)}?evidenceError=${code}#dispute`);
  }
  return undefined;
}
