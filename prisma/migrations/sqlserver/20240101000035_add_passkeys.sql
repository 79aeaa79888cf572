-- Passkeys that sign in to accounts, and the challenges that they sign.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
CREATE TABLE Passkeys (
  Id INT NOT NULL IDENTITY(1,1),
  UserId INT NOT NULL,
  CredentialHash NVARCHAR(64) NOT NULL,
  CredentialId NVARCHAR(1400) NOT NULL,
  PublicKey NVARCHAR(4000) NOT NULL,
  SignCount BIGINT NOT NULL,
  Transports NVARCHAR(400) NOT NULL,
  Name NVARCHAR(60) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  LastUsedAt DATETIME2(3) NULL,
  CONSTRAINT PK_Passkeys PRIMARY KEY (Id),
  CONSTRAINT FK_Passkeys_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_Passkeys_SignCount CHECK (SignCount >= 0)
);
GO
CREATE UNIQUE INDEX UX_Passkeys_CredentialHash ON Passkeys (CredentialHash);
CREATE INDEX IX_Passkeys_User ON Passkeys (UserId, CreatedAt);
GO
CREATE TABLE PasskeyChallenges (
  ChallengeHash NVARCHAR(64) NOT NULL,
  Purpose NVARCHAR(10) NOT NULL,
  SessionId NVARCHAR(36) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ExpiresAt DATETIME2(3) NOT NULL,
  UsedAt DATETIME2(3) NULL,
  CONSTRAINT PK_PasskeyChallenges PRIMARY KEY (ChallengeHash),
  CONSTRAINT CK_PasskeyChallenges_Purpose CHECK ((Purpose = N'sign-in' AND SessionId IS NULL) OR (Purpose = N'register' AND SessionId IS NOT NULL))
);
GO
CREATE INDEX IX_PasskeyChallenges_ExpiresAt ON PasskeyChallenges (ExpiresAt);
GO
COMMIT TRANSACTION;
GO
