import { expect, it } from 'vitest';
import { canonicalSql } from './canonical.ts';

it.each([
  [
    'layout',
    'SELECT a,  b\n  FROM ( SELECT a FROM t ) x\n  -- why\n  WHERE  a = @P1',
    'SELECT a, b\nFROM (SELECT a FROM t) x\nWHERE a = @P1',
  ],
  ['numbers of parameters', 'UPDATE t SET a = @P7 WHERE b = @P3', 'UPDATE t\nSET a = @P1\nWHERE b = @P2'],
  ['the length of IN', 'SELECT a FROM t WHERE a IN (@P1,@P2,@P3) AND b = @P4', 'SELECT a\nFROM t\nWHERE a IN (@P1) AND b = @P2'],
  ['the number of rows', 'INSERT INTO t (a,b) VALUES (@P1,@P2),(@P3,@P4)', 'INSERT INTO t (a, b)\nVALUES (@P1, @P2)'],
  [
    'the number of rows of each kind',
    'INSERT INTO t (a,b) VALUES (@P1,DEFAULT), (@P2,@P3), (@P4,DEFAULT)',
    'INSERT INTO t (a, b)\nVALUES (@P1, DEFAULT), (@P2, @P3)',
  ],
  [
    'rows inside of a statement',
    'SELECT n.a FROM (SELECT a FROM (VALUES (@P1), (@P2)) v (a)) n',
    'SELECT n.a\nFROM (SELECT a FROM (VALUES (@P1)) v (a)) n',
  ],
  ['conditions in a row', 'SELECT a FROM t WHERE a LIKE @P1 AND a LIKE @P2 ORDER BY a', 'SELECT a\nFROM t\nWHERE a LIKE @P1\nORDER BY a'],
  [
    'groups of them',
    'SELECT a FROM t WHERE ((a = @P1 AND b = @P2) OR (a = @P3 AND b = @P4))',
    'SELECT a\nFROM t\nWHERE ((a = @P1 AND b = @P2))',
  ],
  [
    'the number of columns that are numbered',
    'SELECT COUNT(*) AS n, SUM(CASE WHEN a = @P1 THEN 1 END) AS c0,SUM(CASE WHEN a = @P2 THEN 1 END) AS c1 FROM t',
    'SELECT COUNT(*) AS n, SUM(CASE WHEN a = @P1 THEN 1 END) AS c0\nFROM t',
  ],
])('%s is none of it', (_, sql, canonical) => expect(canonicalSql(sql)).toBe(canonical));

it.each([
  "SELECT N'a  -- b', '@P9 ( ', [a  b], \"c , d\"\nFROM t",
  'SELECT a\nFROM t\nWHERE a BETWEEN @P1 AND @P2 AND b = @P3',
  'SELECT COALESCE(@P1, @P2), Stars4 AS s4, Stars5 AS s5\nFROM t\nLEFT JOIN u ON u.a = t.a',
  'UPDATE t\nSET a = @P1, b = @P2\nWHERE a = @P3 OR b = @P4',
  'SELECT a\nFROM t\nWHERE a IN (SELECT b FROM u) AND (a = @P1 OR a = b OR a <> @P2)',
])('what is said is kept: %s', (sql) => expect(canonicalSql(sql)).toBe(sql));

it('long lines are broken after a comma or before AND and OR, and the result is its own canonical form', () => {
  const columns = Array.from({ length: 30 }, (_, i) => `[dbo].[Orders].[Column${'x'.repeat(i % 5)}]`);
  const conditions = columns.map((column) => `${column} = @P1`).join(' AND ');
  const canonical = canonicalSql(`SELECT ${columns.join(',')} FROM [dbo].[Orders] WHERE (${conditions})`);
  for (const line of canonical.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  for (const line of canonical.split('\n').slice(1)) expect(line).toMatch(/^(FROM|WHERE| {2}\[| {2}AND )/);
  expect(canonicalSql(canonical)).toBe(canonical);
});
