import { beforeAll, describe, expect, it } from 'vitest';
import { Compiler } from './compiler.ts';
import { MigrationCheck } from './migrations.ts';
import type { Schema } from './schema.ts';
import { faultsOfStatements } from './statements.ts';

// Faults that these checks have to find: planted one by one into a schema that is right.

const USERS = {
  up: `:on error exit
CREATE TABLE Users (
  Id INT IDENTITY(1,1) NOT NULL,
  FullName NVARCHAR(200) NOT NULL,
  Stars INT NOT NULL CONSTRAINT DF_Users_Stars DEFAULT 0,
  CONSTRAINT PK_Users PRIMARY KEY (Id),
  CONSTRAINT CK_Users_Stars CHECK (Stars >= 0)
);
GO
CREATE TABLE Ratings (
  Id INT NOT NULL,
  UserId INT NOT NULL,
  CONSTRAINT PK_Ratings PRIMARY KEY (Id),
  CONSTRAINT FK_Ratings_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
`,
  down: 'DROP TABLE Ratings;\nDROP TABLE Users;\n',
};

const sound = { grammar: [], schema: [] };

let compiler: Compiler;
let schema: Schema;
beforeAll(async () => {
  compiler = new Compiler();
  const check = new MigrationCheck(compiler);
  expect(await check.next(USERS)).toEqual({ up: sound, down: { ...sound, differences: [] } });
  schema = check.schema;
  return () => compiler.close();
});

/** The verdict on a second migration, after {@link USERS}. */
const verdictOn = (up: string, down: string) => new MigrationCheck(compiler, schema).next({ up, down });

describe('a migration', () => {
  it('without a fault passes, in another layout and with another order of columns, too', async () => {
    const up = `ALTER TABLE Users DROP CONSTRAINT CK_Users_Stars;
ALTER TABLE Users DROP CONSTRAINT DF_Users_Stars;
ALTER TABLE Users DROP COLUMN Stars;
GO
ALTER TABLE Users ALTER COLUMN FullName NVARCHAR(300) NULL;
CREATE INDEX IX_Users_FullName ON Users (FullName DESC) INCLUDE (Id) WHERE Id > 1;
GO
CREATE TRIGGER TR_Users ON Users INSTEAD OF DELETE AS BEGIN THROW 51000, N'No.', 1; END
GO`;
    const down = `DROP TRIGGER TR_Users;
DROP INDEX IX_Users_FullName ON Users;
GO
ALTER TABLE Users ALTER COLUMN FullName NVARCHAR(200) NOT NULL;
ALTER TABLE Users DROP COLUMN IF EXISTS Nickname;
ALTER TABLE users ADD Stars INT NOT NULL CONSTRAINT DF_Users_Stars DEFAULT (0), CONSTRAINT CK_Users_Stars CHECK ((Stars >= 0));
GO
DELETE FROM Ratings WHERE UserId IN (SELECT u.Id FROM Users u WHERE u.Stars = 0);`;
    expect(await verdictOn(up, down)).toEqual({ up: sound, down: { ...sound, differences: [] } });
  });

  it('that is not T-SQL is refused, with line and column', async () => {
    const { up, down } = await verdictOn('SELECT 1;\nGO\nCREATE TABEL Sales (Id INT);', "IF 1 = 1\n  EXEC(N'DROP TABEL Sales');");
    expect(up.grammar).toEqual(['3:8 Incorrect syntax near TABEL.']);
    expect(down.grammar).toEqual([expect.stringMatching(/^2:\d+ in what EXEC runs: .*TABEL/)]);
  });

  it('that renames a column in one place only does not compile', async () => {
    const { up } = await verdictOn('CREATE INDEX IX_Users_Name ON Users (Name);', 'DROP INDEX IX_Users_Name ON Users;');
    expect(up.schema).toEqual([expect.stringMatching(/IX_Users_Name.*unresolved reference.*\[Users\]\.\[Name\]/)]);
  });

  it('with a fault is named, and none that follows it', async () => {
    const check = new MigrationCheck(compiler, schema);
    const fault = { up: 'CREATE INDEX IX_Users_Name ON Users (Name);', down: 'DROP INDEX IX_Users_Name ON Users;' };
    expect((await check.next(fault)).up.schema).toHaveLength(1);
    const next = { up: 'UPDATE Users SET Stars = 1;\nCREATE TABLE Sales (Id INT NOT NULL);', down: 'DROP TABLE Sales;' };
    expect(await check.next(next)).toEqual({ up: sound, down: { ...sound, differences: [] } });
  });

  it.each([
    ['a key', 'ALTER TABLE Ratings ADD CONSTRAINT FK_X FOREIGN KEY (UserId) REFERENCES Sellers (Id)', /FK_X.*\[Sellers\]/],
    ['a computed column', 'ALTER TABLE Users ADD Rank AS (Stars + Bonus)', /\[Users\]\.\[Bonus\]/],
    ['a check', 'ALTER TABLE Users ADD CONSTRAINT CK_X CHECK (Bonus > 0)', /CK_X.*\[Bonus\]/],
    ['a trigger', 'CREATE TRIGGER TR_X ON Users AFTER INSERT AS UPDATE Users SET Bonus = 1', /TR_X.*\[Bonus\]/],
  ])('with %s that names what is not there does not compile', async (_, up, fault) => {
    expect((await verdictOn(up, 'SELECT 1')).up.schema).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
  });

  it('that reads or changes rows of a column that is not there yet is refused', async () => {
    const { up } = await verdictOn(
      'ALTER TABLE Users ADD Rank INT NULL;\nUPDATE Users SET Rank = Stars;',
      'ALTER TABLE Users DROP COLUMN Rank;',
    );
    expect(up.schema).toEqual([expect.stringMatching(/batch of line 1.*\[Users\]\.\[Rank\]/)]);
  });

  it('whose way down forgets an index leaves it over', async () => {
    const { down } = await verdictOn(
      'CREATE TABLE Sales (Id INT NOT NULL);\nGO\nCREATE INDEX IX_Users_FullName ON Users (FullName);',
      'DROP TABLE Sales;',
    );
    expect(down).toEqual({ ...sound, differences: ['Index [dbo].[Users].[IX_Users_FullName] is left over'] });
  });

  it('whose way down brings something back in another way differs', async () => {
    const { down } = await verdictOn(
      'ALTER TABLE Users DROP CONSTRAINT CK_Users_Stars;\nALTER TABLE Users ALTER COLUMN FullName NVARCHAR(300) NOT NULL;',
      'ALTER TABLE Users ADD CONSTRAINT CK_Users_Stars CHECK (Stars > 0);\nALTER TABLE Users ALTER COLUMN FullName NVARCHAR(100) NOT NULL;',
    );
    expect(down.differences).toEqual([
      'CheckConstraint [dbo].[CK_Users_Stars] was (Expression = Stars >= 0) and is (Expression = Stars > 0)',
      'Column [dbo].[Users].[FullName] was (Length = 200) and is (Length = 100)',
    ]);
  });

  it.each([
    ['drops what is not there', 'DROP INDEX IX_Users_Name ON Users', /drops index users ix_users_name, which is not there/],
    ['creates what is there', 'CREATE TABLE Users (Id INT NOT NULL)', /creates table users, which is there already/],
    ['drops a table that a key points to', 'DROP TABLE Users', /drops table users, which constraint fk_ratings_user still uses/],
    ['drops a column that is used', 'ALTER TABLE Users DROP COLUMN Stars', /drops column users stars, which .*ck_users_stars still use/],
    ['leaves a constraint without a name', 'ALTER TABLE Users ADD Rank INT NOT NULL DEFAULT 1', /constraint without a name/],
    ['does what the check does not know', 'CREATE SEQUENCE Numbers', /does not understand CreateSequenceStatement in line 1/],
  ])('that %s is refused', async (_, up, refusal) => {
    expect((await verdictOn(up, 'SELECT 1')).up.schema).toEqual(expect.arrayContaining([expect.stringMatching(refusal)]));
  });
});

describe('a statement', () => {
  const faults = (...statements: string[]) => faultsOfStatements(compiler, schema, statements);

  it('without a fault passes', async () => {
    const statements = [
      'SELECT u.Id AS id FROM Users u WHERE u.FullName = @P1 ORDER BY u.Id OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY',
      'INSERT INTO Ratings (Id, UserId) OUTPUT INSERTED.Id AS id VALUES (@P1, @P2)',
      'UPDATE Users SET Stars = c.n FROM (SELECT id, n FROM (VALUES (@P1, @P2)) v (id, n)) c WHERE c.id = Users.Id',
      'INSERT INTO Ratings (Id, UserId) SELECT u.Id, u.Stars FROM Users u WHERE u.Id IN (SELECT n.id FROM (SELECT id FROM (VALUES (@P1)) v (id)) n)',
      "SELECT CAST(COUNT(*) AS INT) AS n FROM sys.fulltext_indexes i WHERE i.object_id = OBJECT_ID('Users')",
    ];
    expect(await faults(...statements)).toEqual([]);
  });

  it.each([
    ['of another dialect', 'SELECT u.Id FROM Users u LIMIT 10', /^Incorrect syntax near LIMIT\./],
    ['with LIMIT after ORDER BY', 'SELECT u.Id FROM Users u ORDER BY u.Id LIMIT @P1', /LIMIT/],
    ['of an unknown table', 'SELECT s.Id FROM Sellers s', /\[dbo\]\.\[Sellers\]/],
    ['of an unknown column', 'SELECT u.Name FROM Users u WHERE u.Id = @P1', /\[Users\].*\[Name\]/],
    ['that sorts by an unknown column', 'SELECT u.Id FROM Users u JOIN Ratings r ON r.UserId = u.Id ORDER BY r.At', /\[Ratings\].*\[At\]/],
    ['that inserts into an unknown column', 'INSERT INTO Ratings (Id, SellerId) VALUES (@P1, @P2)', /\[Ratings\]\.\[SellerId\]/],
    ['that sets an unknown column', 'UPDATE u SET Rank = @P1 FROM Users u', /\[Users\]\.\[Rank\]/],
    ['that returns an unknown column', 'DELETE FROM Ratings OUTPUT DELETED.Nr WHERE Id = @P1', /\[Ratings\]\.\[Nr\]/],
    ['with an unknown column of VALUES', 'DELETE u FROM Users u JOIN (VALUES (@P1)) v (id) ON v.userId = u.Id', /\[v\]|userId/],
    [
      'with an unknown column of VALUES inside of IN',
      'INSERT INTO Ratings (Id, UserId) SELECT u.Id, 1 FROM Users u WHERE u.Id IN (SELECT n.nr FROM (SELECT id FROM (VALUES (@P1)) v (id)) n)',
      /\[n\]/,
    ],
  ])('%s is found', async (_, sql, fault) => {
    const found = await faults('SELECT 1 AS n', sql);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
    for (const each of found) expect(each).toContain(sql);
  });
});

it('a compiler that ends says why, to everyone who waits', async () => {
  const broken = new Compiler();
  const answers = [broken.parse('SELECT 1'), (broken as unknown as { compile(no: number): Promise<unknown> }).compile(1)];
  await expect(answers[0]).resolves.toMatchObject({ errors: [] });
  await expect(answers[1]).rejects.toThrow(/ended \(exit 1\):[\s\S]*TypeError/);
});
