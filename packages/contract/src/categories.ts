import { z } from 'zod';
import { text } from './text.ts';

const PATH_MESSAGE = 'A category is a path such as "ceramics/bowls", at most three levels deep.';

/** Where a listing belongs: lower-case words, the wider category before the narrower one. */
export const CategoryPath = z
  .string({ error: PATH_MESSAGE })
  .max(100, PATH_MESSAGE)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*){0,2}$/, PATH_MESSAGE)
  .meta({ example: 'ceramics/bowls' });
export type CategoryPath = z.infer<typeof CategoryPath>;

/** For listings without a category of their own. */
export const OTHER_CATEGORY = 'other';

export const CategoryView = z
  .object({
    path: z.string(),
    /** Null at the top. */
    parent: z.string().nullable(),
    name: z.string(),
    /** 1 at the top, 3 at most. */
    level: z.int(),
    /** It, or one above it, takes no new listings; those that are in it stay. */
    retired: z.boolean(),
  })
  .meta({ id: 'Category' });
export type CategoryView = z.infer<typeof CategoryView>;

/** All categories, each followed by what is below it. */
export const CategoryTree = z.object({ items: z.array(CategoryView) }).meta({ id: 'CategoryTree' });
export type CategoryTree = z.infer<typeof CategoryTree>;

const CategoryName = text({ name: 'A name', min: 1, max: 60 });

export const AddCategoryInput = z
  .object({ parent: CategoryPath.nullable().default(null), name: CategoryName })
  .meta({ id: 'AddCategoryInput', example: { parent: 'ceramics', name: 'Tiles' } });
export type AddCategoryInput = z.infer<typeof AddCategoryInput>;

export const RenameCategoryInput = z.object({ path: CategoryPath, name: CategoryName });
export type RenameCategoryInput = z.infer<typeof RenameCategoryInput>;

export const RetireCategoryInput = z.object({ path: CategoryPath, retired: z.boolean() });
export type RetireCategoryInput = z.infer<typeof RetireCategoryInput>;

/** The category and those that it lies in, the widest first: "a/b/c" → "a", "a/b", "a/b/c". */
export function categoryLine(path: string): string[] {
  const words = path.split('/');
  return words.map((_, i) => words.slice(0, i + 1).join('/'));
}

/** Is it this category, or one below it? */
export const isWithin = (path: string, category: string): boolean => path === category || path.startsWith(`${category}/`);
