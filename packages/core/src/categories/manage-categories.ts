import {
  foldForSearch,
  type AddCategoryInput,
  type CategoryTree,
  type RenameCategoryInput,
  type RetireCategoryInput,
} from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { toCategoryTree } from './category-tree.ts';

const LEVELS = 3;
const PATH_MAX = 100;

/** What a name is in a path: "Cups & mugs" → "cups-mugs". Empty where nothing of it can be there. */
export const slugOf = (name: string): string =>
  foldForSearch(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const refuse = (field: string, message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field, message }] });

/** Changes the tree, publishes that, and returns the new one. @throws AppError UNAUTHENTICATED, FORBIDDEN */
async function changeTree(
  ctx: Context,
  action: `category.${'added' | 'renamed' | 'retired' | 'restored'}`,
  change: (tx: Tx) => Promise<{ path: string; detail?: Record<string, unknown> }>,
): Promise<CategoryTree> {
  requireRole(ctx.actor, 'admin');
  return ctx.change(async (tx) => {
    const { path, detail } = await change(tx);
    await tx.audit(action, 'category', path, detail);
    await tx.publish('category.changed', { path });
    return { items: toCategoryTree(await tx.repos.categories.all()) };
  });
}

/**
 * Adds a category, last among its siblings; its path is made of its name and stays when it is renamed.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, CATEGORY_NOT_FOUND (the one above), CATEGORY_EXISTS, VALIDATION_FAILED
 */
export const addCategory = (ctx: Context, { parent, name }: AddCategoryInput): Promise<CategoryTree> =>
  changeTree(ctx, 'category.added', async (tx) => {
    const slug = slugOf(name);
    if (!slug) throw refuse('name', 'A name has at least one letter from A to Z, or a digit.');
    const path = parent === null ? slug : `${parent}/${slug}`;
    if (path.length > PATH_MAX) throw refuse('name', 'This name is too long for a category so far down.');
    if (path.split('/').length > LEVELS) throw refuse('parent', `Categories are at most ${LEVELS} levels deep.`);
    if (parent !== null && (await tx.repos.categories.find([parent])).length === 0) throw new AppError('CATEGORY_NOT_FOUND');
    if (!(await tx.repos.categories.add({ path, parentPath: parent, name }))) throw new AppError('CATEGORY_EXISTS');
    return { path, detail: { name } };
  });

/** @throws AppError UNAUTHENTICATED, FORBIDDEN, CATEGORY_NOT_FOUND */
export const renameCategory = (ctx: Context, { path, name }: RenameCategoryInput): Promise<CategoryTree> =>
  changeTree(ctx, 'category.renamed', async (tx) => {
    const [before] = await tx.repos.categories.find([path]);
    if (!before || !(await tx.repos.categories.rename(path, name))) throw new AppError('CATEGORY_NOT_FOUND');
    return { path, detail: { from: before.name, to: name } };
  });

/**
 * Says that a category, and all below it, takes no new listings, or that it does again. What is in it stays.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, CATEGORY_NOT_FOUND
 */
export const retireCategory = (ctx: Context, { path, retired }: RetireCategoryInput): Promise<CategoryTree> =>
  changeTree(ctx, retired ? 'category.retired' : 'category.restored', async (tx) => {
    if (!(await tx.repos.categories.retire(path, retired ? tx.at : null))) throw new AppError('CATEGORY_NOT_FOUND');
    return { path };
  });
