import { DOCUMENT_PAGES, DocumentReason, UploadDocumentQuery, VerificationView } from '@assay/contract';
import { addDocument, readDocument } from '@assay/core';
import { answerUpload, type PagesAfter } from '../http/upload-form.ts';
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
    handle: ({ ctx, input: { next }, req, res }) =>
      answerUpload({ req, res, tokens, images }, ({ file }) => addDocument(ctx, { file }), next ? pagesAfter(DOCUMENT_PAGES[next]) : null),
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

const pagesAfter = (page: string): PagesAfter<VerificationView> => ({
  done: () => `${page}document=added#verification`,
  refused: (code) => `${page}documentError=${code}#verification`,
});
