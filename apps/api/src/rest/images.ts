import {
  AttachedImages,
  AttachImageInput,
  DescribeImageInput,
  IdText,
  ImagePlaceParams,
  ImageState,
  ReorderImagesInput,
  UploadImageQuery,
} from '@assay/contract';
import { unifiedImageService, type Context } from '@assay/core';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { toAppError } from '../http/problems.ts';
import { receiveUpload } from '../http/upload.ts';
import { provesForm } from '../http/upload-form.ts';
import type { Images } from '../services/images/images.ts';
import type { Tokens } from '../services/tokens.ts';
import { route } from './route.ts';

const IdParams = z.object({ id: IdText });
const Attached = ImagePlaceParams.extend({ imageId: IdText });
const PLACE_ERRORS = [404, 409];

/** Endpoints of images; uploads go through the REST API alone. */
export const imageRoutes = (tokens: Tokens, images: Images) => [
  route({
    method: 'post',
    path: '/images',
    tag: 'Images',
    summary: 'Upload an image',
    description:
      'JPEG, PNG, WebP, AVIF or GIF (its first frame), by what the file contains. Metadata such as the place where it was taken is removed. ' +
      'Its sizes are made afterwards: ask for the image until its status is `ready` or `failed`. The same file for the same purpose is the same image.',
    auth: 'required',
    query: UploadImageQuery,
    upload: true,
    status: 201,
    response: ImageState,
    errors: [403, 404, 409, 413, 415, 422, 503],
    handle: ({ ctx, query, req, res }) => upload({ ctx, query, req, res, tokens, images }),
  }),
  route({
    method: 'get',
    path: '/images/:id',
    tag: 'Images',
    summary: 'An upload of mine and what has become of it',
    auth: 'required',
    params: IdParams,
    status: 200,
    response: ImageState,
    errors: [404],
    handle: ({ ctx, params }) => unifiedImageService.get(ctx, params),
  }),
  route({
    method: 'delete',
    path: '/images/:id',
    tag: 'Images',
    summary: 'Delete an image of mine, wherever it is shown',
    auth: 'required',
    params: IdParams,
    status: 204,
    errors: [404],
    handle: ({ ctx, params }) => unifiedImageService.delete(ctx, params),
  }),
  route({
    method: 'get',
    path: '/images/of/:purpose/:subjectId',
    tag: 'Images',
    summary: 'The images of a store or a listing, in their order',
    description: 'Its owner also sees those that are not ready.',
    auth: 'optional',
    params: ImagePlaceParams,
    status: 200,
    response: AttachedImages,
    cache: 'private',
    handle: ({ ctx, params }) => unifiedImageService.list(ctx, params),
  }),
  route({
    method: 'post',
    path: '/images/of/:purpose/:subjectId',
    tag: 'Images',
    summary: 'Attach an image of mine',
    description: 'Last in a listing. A profile or cover image takes the place of the one before as soon as it is ready.',
    auth: 'required',
    params: ImagePlaceParams,
    body: AttachImageInput,
    status: 200,
    response: AttachedImages,
    errors: PLACE_ERRORS,
    handle: ({ ctx, params, body }) => unifiedImageService.attach(ctx, { ...params, ...body }),
  }),
  route({
    method: 'patch',
    path: '/images/of/:purpose/:subjectId',
    tag: 'Images',
    summary: 'Put images in another order',
    auth: 'required',
    params: ImagePlaceParams,
    body: ReorderImagesInput,
    status: 200,
    response: AttachedImages,
    errors: PLACE_ERRORS,
    handle: ({ ctx, params, body }) => unifiedImageService.reorder(ctx, { ...params, ...body }),
  }),
  route({
    method: 'patch',
    path: '/images/of/:purpose/:subjectId/:imageId',
    tag: 'Images',
    summary: 'Say what an image shows',
    auth: 'required',
    params: Attached,
    body: DescribeImageInput,
    status: 200,
    response: AttachedImages,
    errors: PLACE_ERRORS,
    handle: ({ ctx, params, body }) => unifiedImageService.describe(ctx, { ...params, ...body }),
  }),
  route({
    method: 'delete',
    path: '/images/of/:purpose/:subjectId/:imageId',
    tag: 'Images',
    summary: 'Take an image out of its place',
    auth: 'required',
    params: Attached,
    status: 200,
    response: AttachedImages,
    errors: PLACE_ERRORS,
    handle: ({ ctx, params }) => unifiedImageService.detach(ctx, params),
  }),
];

interface UploadCall {
  ctx: Context;
  query: UploadImageQuery;
  req: Request;
  res: Response;
  tokens: Tokens;
  images: Images;
}

const withQuery = (page: string, query: string) => `${page}${page.includes('?') ? '&' : '?'}${query}#images`;

/** Takes the file in; a form without scripts is sent on to its page, also after a refusal. */
async function upload({ ctx, query, req, res, tokens, images }: UploadCall): Promise<ImageState | undefined> {
  const { next, ...input } = query;
  try {
    const state = await receiveUpload(req, images, provesForm(req, tokens), ({ fields, file }) =>
      unifiedImageService.receive(ctx, { ...UploadImageQuery.pick({ alt: true }).parse(fields), ...input, file }),
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
