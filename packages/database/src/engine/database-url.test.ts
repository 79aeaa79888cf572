import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTarget, parseDatabaseUrl } from './database-url.ts';

const ado = (url: string) => {
  const target = parseDatabaseUrl(url, '/srv');
  return target.engine === 'sqlserver' ? target.connectionString : target;
};

describe('DATABASE_URL', () => {
  it.each([
    ['file:./data/assay.db', '/srv/data/assay.db'],
    ['file:assay.db', '/srv/assay.db'],
    ['file:/var/lib/assay.db', '/var/lib/assay.db'],
    ['file:../a b.db', '/a b.db'],
  ])('%s is a file', (url, file) => {
    expect(parseDatabaseUrl(url, '/srv')).toEqual({ engine: 'sqlite', file });
  });

  it.each([
    ['sqlserver://db:1433;database=MARKETPLACE_DB;user=sa;password=p', 'Server=db,1433;database=MARKETPLACE_DB;User Id=sa;password=p'],
    ['sqlserver://db', 'Server=db'],
    ['sqlserver://db;', 'Server=db'],
    ['sqlserver://db;constructor=x', 'Server=db;constructor=x'],
    ['sqlserver://db\\SQLEXPRESS;User=a', 'Server=db\\SQLEXPRESS;User Id=a'],
    ['sqlserver://db;userName=a;loginTimeout=5;applicationName=x', 'Server=db;User Id=a;Connect Timeout=5;Application Name=x'],
    ['sqlserver://db;encrypt=true;trustServerCertificate=false', 'Server=db;encrypt=true;trustServerCertificate=false'],
    ['sqlserver://db;password=a=b==', 'Server=db;password=a=b=='],
    ['sqlserver://db;password={p;w=d};database=x', 'Server=db;password="p;w=d";database=x'],
    ['sqlserver://db;password={a"b}', 'Server=db;password="a""b"'],
  ])('%s is a SQL Server', (url, expected) => {
    expect(ado(url)).toBe(expected);
  });

  it.each(['', 'assay.db', 'postgres://secret@db/x', 'SQLSERVER://db', 'file:', 'file::memory:', 'file:x?mode=:memory:', ' file:x'])(
    '%j is neither, and is not repeated in what is said',
    (url) => {
      expect(() => parseDatabaseUrl(url, '/srv')).toThrow(/^DATABASE_URL (begins with|needs the path)(?!.*secret)/);
    },
  );

  it('is described without user or password', () => {
    const described = (url: string) => describeTarget(parseDatabaseUrl(url, process.cwd()));
    expect(described('file:./data/assay.db')).toBe(`SQLite, ${path.join('data', 'assay.db')}`);
    expect(described('sqlserver://db:1433;database=SHOP;user=hidden;password=hidden')).toBe('SQL Server, db,1433, database SHOP');
    expect(described('sqlserver://db;initial catalog=SHOP')).toBe('SQL Server, db, database SHOP');
    expect(described('sqlserver://db;password={hidden;x}')).toBe('SQL Server, db, database of the login');
  });
});
