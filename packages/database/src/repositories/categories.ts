import type { CategoriesRepository, CategoryRow } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type RawCategory = Omit<CategoryRow, 'retiredAt'> & { retiredAt: RawDate | null };

const SELECT_CATEGORIES = Prisma.sql`
  SELECT c.Path AS path, c.ParentPath AS parentPath, c.Name AS name, c.Position AS position, c.RetiredAt AS retiredAt FROM Categories c`;

const toRow = (raw: RawCategory): CategoryRow => ({ ...raw, retiredAt: toDate(raw.retiredAt) });

export function categoriesRepository(db: Queryable): CategoriesRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  return {
    async all() {
      const rows = await db.read<RawCategory>(Prisma.sql`${SELECT_CATEGORIES} ORDER BY c.Position, c.Name, c.Path`);
      return rows.map(toRow);
    },

    async find(paths) {
      const rows = await db.read<RawCategory>(Prisma.sql`${SELECT_CATEGORIES} WHERE c.Path IN (${Prisma.join([...paths])})`);
      return rows.map(toRow);
    },

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
