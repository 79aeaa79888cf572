import { AddCategoryInput, RenameCategoryInput, RetireCategoryInput } from '@assay/contract';
import { addCategory, getCategoryTree, renameCategory, retireCategory } from '@assay/core';
import { procedure, router } from './trpc.ts';

export const categoriesRouter = router({
  tree: procedure.query(({ ctx }) => getCategoryTree(ctx.ctx)),
  add: procedure.input(AddCategoryInput).mutation(({ ctx, input }) => addCategory(ctx.ctx, input)),
  rename: procedure.input(RenameCategoryInput).mutation(({ ctx, input }) => renameCategory(ctx.ctx, input)),
  retire: procedure.input(RetireCategoryInput).mutation(({ ctx, input }) => retireCategory(ctx.ctx, input)),
});
