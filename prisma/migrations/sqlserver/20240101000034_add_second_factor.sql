-- Authenticator apps and recovery codes; sessions remember the second factor that they were opened with.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Sessions ADD SecondFactor NVARCHAR(20) NULL
  CONSTRAINT CK_Sessions_SecondFactor CHECK (SecondFactor IN (N'totp', N'recovery-code', N'passkey'));
GO
CREATE TABLE AuthenticatorApps (
  UserId INT NOT NULL,
  Sealed NVARCHAR(400) NOT NULL,
  KeyId NVARCHAR(20) NOT NULL,
  SessionId NVARCHAR(36) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  EnabledAt DATETIME2(3) NULL,
  LastStep INT NOT NULL,
  CONSTRAINT PK_AuthenticatorApps PRIMARY KEY (UserId),
  CONSTRAINT FK_AuthenticatorApps_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
CREATE INDEX IX_AuthenticatorApps_KeyId ON AuthenticatorApps (KeyId);
GO
CREATE TABLE RecoveryCodes (
  UserId INT NOT NULL,
  Number INT NOT NULL,
  CodeHash NVARCHAR(200) NOT NULL,
  UsedAt DATETIME2(3) NULL,
  CONSTRAINT PK_RecoveryCodes PRIMARY KEY (UserId, Number),
  CONSTRAINT FK_RecoveryCodes_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_RecoveryCodes_Number CHECK (Number BETWEEN 0 AND 9)
);
GO
COMMIT TRANSACTION;
GO
