import { expect, it } from 'vitest';
import { nameOf } from './observed.ts';

it.each([
  ['SELECT u.Id AS id FROM Users u WHERE u.Email = ?', 'SELECT', 'Users'],
  ['SELECT `main`.`Users`.`Id` FROM `main`.`Users` WHERE 1=1', 'SELECT', 'Users'],
  ['SELECT [dbo].[Orders].[Id] FROM [dbo].[Orders]', 'SELECT', 'Orders'],
  ['\n  -- why\n  UPDATE Users SET Stars5 = Stars5 + 1', 'UPDATE', 'Users'],
  ["INSERT INTO AuditLog (At) SELECT n.at FROM (VALUES ('x')) n", 'INSERT', 'AuditLog'],
  ['delete from "main"."Sessions"', 'DELETE', 'Sessions'],
  ['BEGIN IMMEDIATE', 'BEGIN', null],
  ["'secret'", 'SQL', null],
])('%s is named by what it does to which table', (sql, operation, table) => {
  expect(nameOf(sql)).toEqual({ operation, table });
});
