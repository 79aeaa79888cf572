import { ImageState, UploadImageQuery } from '@assay/contract';
import { unifiedImageService, type Context } from '@assay/core';
import type { Request, Response } from 'express';
import { invalidInput, toAppError } from '../http/problems.ts';
import { receiveUpload } from '../http/upload.ts';
import { provesForm } from '../http/upload-form.ts';
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
    handle: ({ ctx, input, req, res }) => upload({ ctx, input, req, res, tokens, images }),
  }),
];

interface UploadCall {
  ctx: Context;
  input: UploadImageQuery;
  req: Request;
  res: Response;
  tokens: Tokens;
  images: Images;
}

const withQuery = (page: string, query: string) => `${page}${page.includes('?') ? '&' : '?'}${query}#images`;

/** The description in a form. @throws AppError VALIDATION_FAILED */
function altOf(fields: Record<string, string>): Pick<UploadImageQuery, 'alt'> {
  const parsed = UploadImageQuery.pick({ alt: true }).safeParse(fields);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/** Takes the file in; a form without scripts is sent on to its page, also after a refusal. */
async function upload({ ctx, input: query, req, res, tokens, images }: UploadCall): Promise<ImageState | undefined> {
  const { next, ...input } = query;
  try {
    const state = await receiveUpload(req, images, provesForm(req, tokens), ({ fields, file }) =>
      unifiedImageService.receive(ctx, { ...altOf(fields), ...input, file }),
    );
    if (!next) return state;
    res.redirect(303, withQuery(next, `image=${state.id}`));
  } catch (error) {
    const known = toAppError(error);
    if (!next || known.code === 'INTERNAL' || known.code === 'CSRF_FAILED') throw error;
    res.redirect(303, withQuery(next, `imageError=${known.code}&imageFor=${input.purpose}`));
  }
  return undefined;
}
