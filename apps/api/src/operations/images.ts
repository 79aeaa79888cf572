import { AttachedImages, AttachImageInput, DescribeImageInput, Id, ImagePlace, ImageState, ReorderImagesInput } from '@assay/contract';
import { unifiedImageService } from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { del, get, mutation, patch, post, query } from './operation.ts';

const PLACE = '/images/of/:purpose/:subjectId';
const Attached = ImagePlace.extend({ imageId: Id });
const change = { output: AttachedImages, as: 'user' } as const;
const errors = [404, 409];

/** Images in their places. An upload is a file and no JSON: rest/images.ts. */
export const images = {
  get: query({
    use: unifiedImageService.get,
    input: ById,
    output: ImageState,
    as: 'user',
    rest: get('/images/:id', 'An upload of mine and what has become of it', { errors: [404] }),
  }),
  delete: mutation({
    use: unifiedImageService.delete,
    input: ById,
    as: 'user',
    rest: del('/images/:id', 'Delete an image of mine, wherever it is shown', { status: 204, errors: [404] }),
  }),
  of: query({
    use: unifiedImageService.list,
    input: ImagePlace,
    output: AttachedImages,
    as: 'anyone',
    rest: get(PLACE, 'The images of a store or a listing, in their order', {
      description: 'Its owner also sees those that are not ready. Those of drafts and archived listings are there for their seller alone.',
      errors: [404],
      signIn: 'optional',
      cache: 'private',
    }),
  }),
  attach: mutation({
    ...change,
    use: unifiedImageService.attach,
    input: z.intersection(ImagePlace, AttachImageInput),
    rest: post(PLACE, 'Attach an image of mine', {
      description: 'Last in a listing. A profile or cover image takes the place of the one before as soon as it is ready.',
      errors,
    }),
  }),
  reorder: mutation({
    ...change,
    use: unifiedImageService.reorder,
    input: z.intersection(ImagePlace, ReorderImagesInput),
    rest: patch(PLACE, 'Put images in another order', { errors }),
  }),
  describe: mutation({
    ...change,
    use: unifiedImageService.describe,
    input: z.intersection(Attached, DescribeImageInput),
    rest: patch(`${PLACE}/:imageId`, 'Say what an image shows', { errors }),
  }),
  detach: mutation({
    ...change,
    use: unifiedImageService.detach,
    input: Attached,
    rest: del(`${PLACE}/:imageId`, 'Take an image out of its place', { errors }),
  }),
};
