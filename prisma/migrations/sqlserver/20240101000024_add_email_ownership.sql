-- An e-mail address belongs to the account that proved it: others may name it until then. Password resets and changes of address.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP INDEX UX_Users_Email ON Users;
ALTER TABLE Users ADD EmailSetAt DATETIME2(3) NULL;
GO
CREATE UNIQUE INDEX UX_Users_ProvenEmail ON Users (Email) WHERE Email IS NOT NULL AND EmailVerifiedAt IS NOT NULL;
CREATE INDEX IX_Users_Email ON Users (Email);
GO
CREATE TABLE PasswordResets (
  Id INT NOT NULL IDENTITY(1,1),
  Email NVARCHAR(254) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ExpiresAt DATETIME2(3) NOT NULL,
  UserId INT NULL,
  TokenHash NVARCHAR(64) NULL,
  UsedAt DATETIME2(3) NULL,
  CONSTRAINT PK_PasswordResets PRIMARY KEY (Id),
  CONSTRAINT FK_PasswordResets_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
CREATE UNIQUE INDEX UX_PasswordResets_TokenHash ON PasswordResets (TokenHash) WHERE TokenHash IS NOT NULL;
CREATE INDEX IX_PasswordResets_User ON PasswordResets (UserId, CreatedAt);
CREATE INDEX IX_PasswordResets_ExpiresAt ON PasswordResets (ExpiresAt);
GO
CREATE TABLE EmailChanges (
  Id INT NOT NULL IDENTITY(1,1),
  UserId INT NOT NULL,
  OldEmail NVARCHAR(254) NULL,
  NewEmail NVARCHAR(254) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ExpiresAt DATETIME2(3) NOT NULL,
  OldTokenHash NVARCHAR(64) NULL,
  NewTokenHash NVARCHAR(64) NOT NULL,
  OldConfirmedAt DATETIME2(3) NULL,
  NewConfirmedAt DATETIME2(3) NULL,
  SettledAt DATETIME2(3) NULL,
  Outcome NVARCHAR(20) NULL,
  CONSTRAINT PK_EmailChanges PRIMARY KEY (Id),
  CONSTRAINT FK_EmailChanges_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_EmailChanges_Outcome CHECK (Outcome IN (N'done', N'refused', N'replaced', N'taken'))
);
GO
CREATE UNIQUE INDEX UX_EmailChanges_OldTokenHash ON EmailChanges (OldTokenHash) WHERE OldTokenHash IS NOT NULL;
CREATE UNIQUE INDEX UX_EmailChanges_NewTokenHash ON EmailChanges (NewTokenHash);
CREATE INDEX IX_EmailChanges_User ON EmailChanges (UserId, CreatedAt);
CREATE INDEX IX_EmailChanges_ExpiresAt ON EmailChanges (ExpiresAt);
GO
COMMIT TRANSACTION;
GO
