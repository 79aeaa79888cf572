import type { CategoriesRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { columns } from '../engine/rows.ts';

const CATEGORY = columns(
  { c: 'Categories' },
  { path: 'c.Path', parentPath: 'c.ParentPath', name: 'c.Name', position: 'c.Position', retiredAt: 'c.RetiredAt' },
);

export function categoriesRepository(db: Queryable): CategoriesRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  return {
    all: () => CATEGORY.read(db, Prisma.sql`FROM Categories c ORDER BY c.Position, c.Name, c.Path`),
    find: (paths) => CATEGORY.read(db, Prisma.sql`FROM Categories c WHERE c.Path IN (${Prisma.join([...paths])})`),

    add({ path, parentPath, name }) {
      const siblings = parentPath === null ? Prisma.sql`s.ParentPath IS NULL` : Prisma.sql`s.ParentPath = ${parentPath}`;
      return insertUnlessThere(() =>
        db.write(Prisma.sql`
          INSERT INTO Categories (Path, ParentPath, Name, Position)
          SELECT ${path}, ${parentPath}, ${name}, COALESCE(MAX(s.Position), -1) + 1 FROM Categories s WHERE ${siblings}`),
      );
    },

    rename: (path, name) => changed(Prisma.sql`UPDATE Categories SET Name = ${name} WHERE Path = ${path}`),
    retire: (path, at) => changed(Prisma.sql`UPDATE Categories SET RetiredAt = ${at} WHERE Path = ${path}`),
  };
}
