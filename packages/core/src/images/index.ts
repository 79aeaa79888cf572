import { cleanImages, deleteImage } from './delete-image.ts';
import { receiveImage } from './receive-image.ts';
import { attachImage, describeImage, detachImage, getImage, listImages, reorderImages } from './use-images.ts';

export * from './ports.ts';
export { imageKey, renderImage } from './render-image.ts';

/** The use cases of images, for profile, cover and listing alike, by the name that the documents give the service. */
export const unifiedImageService = {
  receive: receiveImage,
  get: getImage,
  list: listImages,
  attach: attachImage,
  describe: describeImage,
  reorder: reorderImages,
  detach: detachImage,
  delete: deleteImage,
  clean: cleanImages,
};
