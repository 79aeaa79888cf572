import {
  foldForSearch,
  type AddCategoryInput,
  type CategoryTree,
  type RenameCategoryInput,
  type RetireCategoryInput,
} from '@assay/contract';
import { requireRole } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { toCategoryTree } from './category-tree.ts';

const LEVELS = 3;
const PATH_MAX = 100;

/** What a name is in a path: "Cups & mugs" → "cups-mugs". Empty where nothing of it can be there. */
export const slugOf = (name: string): string =>
  foldForSearch(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const refuse = (field: string, message: string) => new AppError('VALIDATION_FAILED', { fields: [{ field, message }] });

/** Changes the tree, tells of it, and gives what it is then. @throws AppError UNAUTHENTICATED, FORBIDDEN */
async function changeTree(
  ctx: Context,
  action: `category.${'added' | 'renamed' | 'retired' | 'restored'}`,
  change: (store: Store) => Promise<{ path: string; detail?: Record<string, unknown> }>,
): Promise<CategoryTree> {
  requireRole(ctx.actor, 'admin');
  return ctx.transaction(async (store) => {
    const { path, detail } = await change(store);
    await store.audit.append(auditRecord(ctx, action, 'category', path, detail));
    await store.outbox.append({ topic: 'category.changed', subjectId: 0, payload: { path } }, ctx.now());
    return { items: toCategoryTree(await store.categories.all()) };
  });
}

/**
 * Adds a category, last among its siblings; its path is made of its name and stays, whatever it is called later.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, CATEGORY_NOT_FOUND (the one above), CATEGORY_EXISTS, VALIDATION_FAILED
 */
export const addCategory = (ctx: Context, { parent, name }: AddCategoryInput): Promise<CategoryTree> =>
  changeTree(ctx, 'category.added', async (store) => {
    const slug = slugOf(name);
    if (!slug) throw refuse('name', 'A name has at least one letter from A to Z, or a digit.');
    const path = parent === null ? slug : `${parent}/${slug}`;
    if (path.length > PATH_MAX) throw refuse('name', 'This name is too long for a category so far down.');
    if (path.split('/').length > LEVELS) throw refuse('parent', `Categories are at most ${LEVELS} levels deep.`);
    if (parent !== null && (await store.categories.find([parent])).length === 0) throw new AppError('CATEGORY_NOT_FOUND');
    if (!(await store.categories.add({ path, parentPath: parent, name }))) throw new AppError('CATEGORY_EXISTS');
    return { path, detail: { name } };
  });

/** @throws AppError UNAUTHENTICATED, FORBIDDEN, CATEGORY_NOT_FOUND */
export const renameCategory = (ctx: Context, { path, name }: RenameCategoryInput): Promise<CategoryTree> =>
  changeTree(ctx, 'category.renamed', async (store) => {
    const [before] = await store.categories.find([path]);
    if (!before || !(await store.categories.rename(path, name))) throw new AppError('CATEGORY_NOT_FOUND');
    return { path, detail: { from: before.name, to: name } };
  });

/**
 * Says that a category, and all below it, takes no new listings, or that it does again. What is in it stays.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, CATEGORY_NOT_FOUND
 */
export const retireCategory = (ctx: Context, { path, retired }: RetireCategoryInput): Promise<CategoryTree> =>
  changeTree(ctx, retired ? 'category.retired' : 'category.restored', async (store) => {
    if (!(await store.categories.retire(path, retired ? ctx.now() : null))) throw new AppError('CATEGORY_NOT_FOUND');
    return { path };
  });
