#!/usr/bin/env node
// Derives the embedded database's schema (prisma/sqlite.prisma) from the authored one (prisma/schema.prisma).
//   node scripts/derive-schema.mjs          writes it
//   node scripts/derive-schema.mjs --check  exit 1 when the committed file is stale
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const authored = new URL('../prisma/schema.prisma', import.meta.url);
const derived = new URL('../prisma/sqlite.prisma', import.meta.url);

/** SQLite has neither native types nor names of primary and foreign keys; everything else stays the same. */
export function deriveSqliteSchema(source) {
  return (
    '// GENERATED from schema.prisma by `npm run schema:derive`. Do not edit.\n\n' +
    source
      .replace(/^(\/\/[^/].*\n|\/\/\n)+/, '')
      .trimStart()
      .replace('provider = "sqlserver"', 'provider = "sqlite"')
      .replace('generated/sqlserver', 'generated/sqlite')
      .replace(/\s+@db\.\w+(\([^)]*\))?/g, '')
      .replace(/,\s*map:\s*"(FK|PK)_\w+"/g, '')
  );
}

if (import.meta.main) {
  const expected = deriveSqliteSchema(readFileSync(authored, 'utf8'));
  if (!process.argv.includes('--check')) writeFileSync(derived, expected);
  else if (readFileSync(derived, 'utf8') !== expected) {
    console.error('prisma/sqlite.prisma is stale: run `npm run schema:derive`');
    process.exitCode = 1;
  }
}
