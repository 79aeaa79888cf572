import { AddCategoryInput, CategoryTree, RenameCategoryInput, RetireCategoryInput } from '@assay/contract';
import { addCategory, getCategoryTree, renameCategory, retireCategory } from '@assay/core';
import { route } from './route.ts';

const tag = 'Categories';
const common = { tag, auth: 'required', status: 200, response: CategoryTree } as const;

/** The tree is small and whole in each answer, also after a change of it. */
export const categoryRoutes = [
  route({
    method: 'get',
    path: '/categories',
    tag,
    summary: 'All categories',
    description: 'Each is followed by what is below it. Retired ones take no new listings.',
    auth: 'none',
    status: 200,
    response: CategoryTree,
    cache: 'public',
    handle: ({ ctx }) => getCategoryTree(ctx),
  }),
  route({
    ...common,
    method: 'post',
    path: '/categories',
    summary: 'Add a category (admin)',
    description: 'Its path is made of its name, and stays.',
    body: AddCategoryInput,
    status: 201,
    idempotent: true,
    errors: [403, 404, 409],
    handle: ({ ctx, body }) => addCategory(ctx, body),
  }),
  route({
    ...common,
    method: 'post',
    path: '/categories/rename',
    summary: 'Call a category something else (admin)',
    body: RenameCategoryInput,
    errors: [403, 404],
    handle: ({ ctx, body }) => renameCategory(ctx, body),
  }),
  route({
    ...common,
    method: 'post',
    path: '/categories/retire',
    summary: 'Take no new listings into a category, or take them again (admin)',
    body: RetireCategoryInput,
    errors: [403, 404],
    handle: ({ ctx, body }) => retireCategory(ctx, body),
  }),
];
