import { entry } from './entry.ts';

/** Pictures of stores and listings. */
export const IMAGE_ERRORS = {
  IMAGE_NOT_FOUND: entry('There is no such image, or it belongs to another account.', 'Read the list of images again.'),
  TOO_MANY_IMAGES: entry('The place has as many images as it may have.', 'Offer to remove one.'),
  IMAGE_QUOTA_REACHED: entry(
    'The account has stored as many images as it may, those that are nowhere shown among them.',
    'Offer to delete some.',
  ),
  IMAGE_WRONG_PURPOSE: entry(
    'A cover was to be a profile image, for instance: each purpose has sizes of its own.',
    'Upload it again for this place.',
  ),
  IMAGE_TOO_LARGE: entry(
    'The file is larger than `SELLER_IMAGE_UPLOAD_MAX_SIZE` bytes.',
    'Look at the size before sending; `maxBytes` of a list of images says the limit.',
    'A proxy in front may have a smaller limit of its own.',
  ),
  IMAGE_TYPE_UNSUPPORTED: entry(
    'By its content the file is none of JPEG, PNG, WebP, AVIF and GIF; its name does not count.',
    'Ask for another file.',
  ),
  IMAGE_BROKEN: entry('The picture cannot be decoded to its end.', 'Ask for the file again; it may have been cut off.'),
  IMAGE_TOO_MANY_PIXELS: entry('The picture would need more memory than one may have.', 'Ask for a smaller one.'),
  IMAGE_TOO_SMALL: entry('A side has less than 16 pixels.', 'Ask for a larger one.'),
  IMAGE_UNPROCESSABLE: entry(
    'Making the sizes failed several times, although the file looked sound.',
    'Ask for the picture in another format.',
    'Look for the image’s id in the log of `marketplace-api`, and at the space in `MEDIA_DIR`.',
  ),
};
