export * from './category-tree.ts';
export * from './manage-categories.ts';
export * from './ports.ts';
