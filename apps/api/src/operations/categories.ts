import { AddCategoryInput, CategoryTree, RenameCategoryInput, RetireCategoryInput } from '@assay/contract';
import { addCategory, getCategoryTree, renameCategory, retireCategory } from '@assay/core';
import { get, mutation, post, query } from './operation.ts';

/** The tree is small and whole in each answer, also after a change of it. */
export const categories = {
  tree: query({
    use: getCategoryTree,
    output: CategoryTree,
    as: 'anyone',
    rest: get('/categories', 'All categories', {
      description: 'Each is followed by what is below it. Retired ones take no new listings.',
      cache: 'public',
    }),
  }),
  add: mutation({
    use: addCategory,
    input: AddCategoryInput,
    output: CategoryTree,
    as: 'admin',
    rest: post('/categories', 'Add a category (admin)', {
      description: 'Its path is made of its name, and stays.',
      status: 201,
      errors: [403, 404, 409],
    }),
  }),
  rename: mutation({
    use: renameCategory,
    input: RenameCategoryInput,
    output: CategoryTree,
    as: 'admin',
    rest: post('/categories/rename', 'Call a category something else (admin)', { errors: [403, 404] }),
  }),
  retire: mutation({
    use: retireCategory,
    input: RetireCategoryInput,
    output: CategoryTree,
    as: 'admin',
    rest: post('/categories/retire', 'Take no new listings into a category, or take them again (admin)', { errors: [403, 404] }),
  }),
};
