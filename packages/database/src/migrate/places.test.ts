import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMigrations } from './files.ts';
import { placesAddedBy } from './places.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..');

describe('placesAddedBy', () => {
  it('names tables and columns, not constraints, comments, or a column that was there before', () => {
    const script = `-- CREATE TABLE Comment (Id INT);
      CREATE TABLE Halves (Id INT NOT NULL);
      ALTER TABLE Users ADD Half INT NULL; ALTER TABLE Users ADD CONSTRAINT CK_Users_Half CHECK (Half > 0);
      ALTER TABLE Users DROP COLUMN Score;
      ALTER TABLE Users ADD Score AS (Half * 2) PERSISTED;`;
    expect(placesAddedBy(script)).toEqual(['Halves', 'Users.Half']);
  });

  it('no two migrations add the same place: what is there says which of them were run', () => {
    const places = readMigrations(ROOT, 'sqlserver').flatMap(({ up }) => placesAddedBy(up));
    expect(places.length).toBeGreaterThan(60);
    expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([]);
  });
});
