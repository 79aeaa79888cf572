import { ImageState, UploadImageQuery } from '@assay/contract';
import { unifiedImageService } from '@assay/core';
import { invalidInput } from '../http/problems.ts';
import { answerUpload, type PagesAfter } from '../http/upload-form.ts';
import type { Images } from '../services/images/images.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';

/** Uploads of images: files, so no operations. */
export const imageRoutes = (tokens: Tokens, images: Images) => [
  plainRoute({
    method: 'post',
    path: '/images',
    tag: 'Images',
    summary: 'Upload an image',
    description:
      'JPEG, PNG, WebP, AVIF or GIF (its first frame), by what the file contains. Metadata such as the place where it was taken is removed. ' +
      'Its sizes are made afterwards: ask for the image until its status is `ready` or `failed`. The same file for the same purpose is the same image.',
    auth: 'required',
    input: UploadImageQuery,
    query: true,
    upload: true,
    status: 201,
    response: ImageState,
    errors: [403, 404, 409, 413, 415, 422, 503],
    handle: ({ ctx, input: { next, ...input }, req, res }) =>
      answerUpload(
        { req, res, tokens, images },
        ({ fields, file }) => unifiedImageService.receive(ctx, { ...altOf(fields), ...input, file }),
        next ? pagesAfter(next, input.purpose) : null,
      ),
  }),
];

const withQuery = (page: string, query: string) => `${page}${page.includes('?') ? '&' : '?'}${query}#images`;

/** The description in a form. @throws AppError VALIDATION_FAILED */
function altOf(fields: Record<string, string>): Pick<UploadImageQuery, 'alt'> {
  const parsed = UploadImageQuery.pick({ alt: true }).safeParse(fields);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

const pagesAfter = (page: string, purpose: UploadImageQuery['purpose']): PagesAfter<ImageState> => ({
  done: ({ id }) => withQuery(page, `image=${id}`),
  refused: (code) => withQuery(page, `imageError=${code}&imageFor=${purpose}`),
});
