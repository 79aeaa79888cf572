declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly categories: CategoriesRepository;
  }
}

export interface CategoryRow {
  path: string;
  parentPath: string | null;
  name: string;
  position: number;
  retiredAt: Date | null;
}

export interface CategoriesRepository {
  /** Siblings in their order; in no order otherwise. */
  all(): Promise<CategoryRow[]>;
  /** Those of these paths that exist. */
  find(paths: readonly string[]): Promise<CategoryRow[]>;
  /** Last among its siblings. False when the path is taken. */
  add(category: Pick<CategoryRow, 'path' | 'parentPath' | 'name'>): Promise<boolean>;
  rename(path: string, name: string): Promise<boolean>;
  /** Null brings it back. */
  retire(path: string, at: Date | null): Promise<boolean>;
}
