import { DisputeView, PAGES, UploadEvidenceQuery } from '@assay/contract';
import { addEvidence, readEvidence } from '@assay/core';
import { answerUpload, type PagesAfter } from '../http/upload-form.ts';
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
    handle: ({ ctx, input: { orderId, next }, req, res }) =>
      answerUpload({ req, res, tokens, images }, ({ file }) => addEvidence(ctx, { id: orderId, file }), next ? pagesAfter(orderId) : null),
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

const pagesAfter = (orderId: number): PagesAfter<DisputeView> => ({
  done: () => `${PAGES.order(orderId)}?evidence=added#dispute`,
  refused: (code) => `${PAGES.order(orderId)}?evidenceError=${code}#dispute`,
});
