import type { PrivacyRepository } from '@assay/core';
import { limit, type Queryable } from '../../engine/database.ts';
import { SECTIONS } from './sections.ts';

const byFile = new Map(SECTIONS.map((section) => [section.file, section]));

export function privacyRepository(db: Queryable): PrivacyRepository {
  return {
    exportFiles: [...byFile.keys()],

    exportPage: (file, userId, after, rows) => byFile.get(file)!.read(db, userId, after, limit(db.engine, rows)),
  };
}
