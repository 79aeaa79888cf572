import { categoryLine, foldText, OTHER_CATEGORY, type CategoryTree, type CategoryView } from '@assay/contract';
import { cached } from '../cache/cached.ts';
import { categoriesEntry } from '../cache/parts.ts';
import type { Context } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import type { CategoryRow } from './ports.ts';

/** Rows as a tree: each followed by what is below it. What lies below a retired one is retired with it. */
export function toCategoryTree(rows: readonly CategoryRow[]): CategoryView[] {
  const childrenOf = Map.groupBy(rows, ({ parentPath }) => parentPath);
  const branch = (parent: string | null, level: number, above: boolean): CategoryView[] =>
    (childrenOf.get(parent) ?? []).flatMap(({ path, name, retiredAt }) => {
      const retired = above || retiredAt !== null;
      return [{ path, parent, name, level, retired }, ...branch(path, level + 1, retired)];
    });
  return branch(null, 1, false);
}

/** All categories, for everybody. */
export function getCategoryTree(ctx: Context): Promise<CategoryTree> {
  return cached(ctx, categoriesEntry(), async () => ({ items: toCategoryTree(await ctx.repos.categories.all()) }));
}

/**
 * Is there something wrong with choosing this category for a listing?
 * @param rows those of its path and above it, if they exist; others do no harm
 * @param unknown what to say of one that does not exist
 */
export function categoryFault(rows: readonly CategoryRow[], path: string, unknown: string): string | null {
  const line = categoryLine(path).map((above) => rows.find((row) => row.path === above));
  if (line.includes(undefined)) return unknown;
  return line.some((row) => row?.retiredAt) ? 'This category takes nothing new. Choose another one.' : null;
}

/**
 * Finds the category that is called like one of another program: "Home > Bowls", "Bowls", "Bowls|Gifts". The most special name that is
 * known counts; OTHER_CATEGORY where none is.
 */
export function categoryLike(rows: readonly CategoryRow[]): (foreign: string) => string {
  const open = new Map(rows.filter(({ retiredAt }) => retiredAt === null).map(({ path, name }) => [foldText(name), path]));
  const known = new Set(open.values());
  return (foreign) => {
    if (known.has(foreign.trim())) return foreign.trim();
    const names = foreign.split(/[>/|,;]/).map((name) => foldText(name.trim()));
    const path = names
      .toReversed()
      .map((name) => open.get(name))
      .find((found) => found !== undefined);
    return path && categoryFault(rows, path, '') === null ? path : OTHER_CATEGORY;
  };
}

/** The same, as the database has it now. */
export const categoryProblem = async (repos: Repositories, path: string): Promise<string | null> =>
  categoryFault(await repos.categories.find(categoryLine(path)), path, 'There is no such category. Choose one of the list.');

/** @throws AppError VALIDATION_FAILED, at the field "category" */
export async function requireOpenCategory(repos: Repositories, path: string): Promise<void> {
  const message = await categoryProblem(repos, path);
  if (message) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'category', message }] });
}
