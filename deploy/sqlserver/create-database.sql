-- Creates the database and sets how it reads. Needs sqlcmd alone, and a login that may create databases:
--   sqlcmd -S SERVER -i deploy/sqlserver/create-database.sql
-- Run again, it changes nothing. The tables come from the migrations: npm run migrate:up.
--
-- READ_COMMITTED_SNAPSHOT: readers see the last committed rows instead of waiting for writers. Switching it on needs the
-- database for itself, so on one that is in use, open transactions have ten seconds to end before they are rolled back.
-- CREATE and ALTER DATABASE run outside of transactions: that is why this is no migration.
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
