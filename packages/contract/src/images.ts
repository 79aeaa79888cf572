import { z } from 'zod';
import { ALT_TEXT_MAX, IMAGE_PURPOSES, IMAGE_STATUSES, IMAGES_OF } from './choices.ts';
import { Id, Timestamp } from './common.ts';
import { text } from './text.ts';

export const ImagePurpose = z.enum(IMAGE_PURPOSES, { error: 'An image is for: profile, cover or listing.' });
export type ImagePurpose = z.infer<typeof ImagePurpose>;

/** What a picture shows, for those who cannot see it. Empty where it only decorates. */
export const AltText = text({ name: 'The description', max: ALT_TEXT_MAX });

/** Everything that a page needs to show an image: `<picture>` in the order of the sources. */
export const ImageView = z
  .object({
    id: z.int(),
    alt: z.string(),
    /** Of the largest size; the others have the same proportions. */
    width: z.int(),
    height: z.int(),
    /** A few pixels of it as a data: address, to be seen until it has come. */
    blur: z.string(),
    sources: z.array(z.object({ type: z.enum(['image/avif', 'image/webp']), width: z.int(), url: z.string() })),
  })
  .meta({ id: 'Image' });
export type ImageView = z.infer<typeof ImageView>;

/** An upload and what has become of it. */
export const ImageState = z
  .object({
    id: z.int(),
    purpose: ImagePurpose,
    status: z.enum(IMAGE_STATUSES),
    /** Why it failed: a code of the error table, and a sentence for people. */
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    bytes: z.int(),
    createdAt: Timestamp,
    /** Once it is ready. */
    image: ImageView.nullable(),
  })
  .meta({ id: 'ImageState' });
export type ImageState = z.infer<typeof ImageState>;

/** An image in its place: the first one is the one that lists show. */
export const AttachedImage = ImageState.extend({ alt: z.string() }).meta({ id: 'AttachedImage' });
export type AttachedImage = z.infer<typeof AttachedImage>;
export const AttachedImages = z
  .object({ items: z.array(AttachedImage), maxBytes: z.int().describe('The largest file that is taken.') })
  .meta({ id: 'AttachedImages' });
export type AttachedImages = z.infer<typeof AttachedImages>;

/** Where images are attached: a store (profile and cover, by the seller's id) or a listing. */
export const ImagePlace = z.object({ purpose: ImagePurpose, subjectId: Id });
export type ImagePlace = z.infer<typeof ImagePlace>;

export const UploadImageQuery = z.object({
  purpose: ImagePurpose,
  subjectId: Id.optional().describe('Attaches it there at once: the id of the listing, or of the seller for profile and cover.'),
  alt: AltText.optional(),
  next: z
    .string()
    .regex(/^(\/[a-z]{1,20}|\/[1-9]\d{0,9}){1,5}(\?step=[a-z]{1,20})?$/, 'A page of ours to go on to.')
    .optional()
    .describe('For forms without scripts: answers with 303 to that page, and says there in the query how it went.'),
});
export type UploadImageQuery = z.infer<typeof UploadImageQuery>;

export const AttachImageInput = z.object({ imageId: Id, alt: AltText.default('') }).meta({ id: 'AttachImageInput' });
export const DescribeImageInput = z.object({ alt: AltText }).meta({ id: 'DescribeImageInput' });
/** All images of the place, in their new order. */
export const ReorderImagesInput = z
  .object({
    order: z
      .array(Id)
      .min(1)
      .max(Math.max(...Object.values(IMAGES_OF)) + 1),
  })
  .meta({ id: 'ReorderImagesInput', example: { order: [3, 1, 2] } });
