-- Creates the database and switches READ_COMMITTED_SNAPSHOT on. Needs only sqlcmd and a login that may create databases:
--   sqlcmd -S SERVER -i deploy/sqlserver/create-database.sql
-- A second run changes nothing. The migrations create the tables: npm run migrate:up.
--
-- READ_COMMITTED_SNAPSHOT: readers see the last committed rows instead of waiting for writers. Switching it on needs exclusive
-- access to the database: open transactions have ten seconds to finish before they are rolled back.
-- CREATE and ALTER DATABASE cannot run in a transaction, so this is not a migration.
:on error exit
SET NOCOUNT ON;
GO
IF DB_ID(N'MARKETPLACE_DB') IS NULL
  CREATE DATABASE [MARKETPLACE_DB];
GO
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'MARKETPLACE_DB' AND is_read_committed_snapshot_on = 0)
  ALTER DATABASE [MARKETPLACE_DB] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK AFTER 10 SECONDS;
GO
SELECT name AS DatabaseName, is_read_committed_snapshot_on AS ReadCommittedSnapshot FROM sys.databases WHERE name = N'MARKETPLACE_DB';
GO
