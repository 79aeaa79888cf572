import { AttachImageInput, DescribeImageInput, Id, ImagePlace, ReorderImagesInput } from '@assay/contract';
import { unifiedImageService } from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const Attached = ImagePlace.extend({ imageId: Id });

/** Uploads themselves go through the REST API: a file is no JSON. */
export const imagesRouter = router({
  get: procedure.input(z.object({ id: Id })).query(({ ctx, input }) => unifiedImageService.get(ctx.ctx, input)),
  delete: procedure.input(z.object({ id: Id })).mutation(({ ctx, input }) => unifiedImageService.delete(ctx.ctx, input)),
  of: procedure.input(ImagePlace).query(({ ctx, input }) => unifiedImageService.list(ctx.ctx, input)),
  attach: procedure
    .input(ImagePlace.extend(AttachImageInput.shape))
    .mutation(({ ctx, input }) => unifiedImageService.attach(ctx.ctx, input)),
  reorder: procedure
    .input(ImagePlace.extend(ReorderImagesInput.shape))
    .mutation(({ ctx, input }) => unifiedImageService.reorder(ctx.ctx, input)),
  describe: procedure
    .input(Attached.extend(DescribeImageInput.shape))
    .mutation(({ ctx, input }) => unifiedImageService.describe(ctx.ctx, input)),
  detach: procedure.input(Attached).mutation(({ ctx, input }) => unifiedImageService.detach(ctx.ctx, input)),
});
