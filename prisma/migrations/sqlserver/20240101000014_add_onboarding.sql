-- Sellers come in: what a profile says, what is verified, how far the onboarding is, where money goes to, and the e-mail that is waiting.
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
ALTER TABLE Users ADD EmailVerifiedAt DATETIME2(3) NULL;
GO
ALTER TABLE SellerProfiles ADD TierId NVARCHAR(50) NOT NULL CONSTRAINT DF_SellerProfiles_TierId DEFAULT N'bronze';
GO
ALTER TABLE SellerProfiles ADD ContactEmail NVARCHAR(254) NULL;
GO
ALTER TABLE SellerProfiles ADD ShowContactEmail BIT NOT NULL CONSTRAINT DF_SellerProfiles_ShowContactEmail DEFAULT 0;
GO
ALTER TABLE SellerProfiles ADD Website NVARCHAR(300) NULL;
GO
ALTER TABLE SellerProfiles ADD SocialLinks NVARCHAR(3000) NULL;
GO
CREATE TABLE EmailVerifications (
  TokenHash NVARCHAR(64) NOT NULL,
  UserId INT NOT NULL,
  Email NVARCHAR(254) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  ExpiresAt DATETIME2(3) NOT NULL,
  UsedAt DATETIME2(3) NULL,
  CONSTRAINT PK_EmailVerifications PRIMARY KEY (TokenHash),
  CONSTRAINT FK_EmailVerifications_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
GO
CREATE TABLE SellerVerifications (
  Id INT IDENTITY(1,1) NOT NULL,
  UserId INT NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  OpenKey NVARCHAR(40) NOT NULL,
  LegalName NVARCHAR(200) NULL,
  Country NVARCHAR(2) NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  SubmittedAt DATETIME2(3) NULL,
  DecidedAt DATETIME2(3) NULL,
  DecidedBy INT NULL,
  Reason NVARCHAR(1000) NULL,
  CONSTRAINT PK_SellerVerifications PRIMARY KEY (Id),
  CONSTRAINT FK_SellerVerifications_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerVerifications_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Users (Id),
  CONSTRAINT CK_SellerVerifications_Status CHECK (Status IN (N'draft', N'submitted', N'approved', N'rejected')),
  CONSTRAINT CK_SellerVerifications_Decision CHECK (DecidedBy IS NULL OR DecidedBy <> UserId)
);
GO
CREATE TABLE SellerVerificationFiles (
  Id INT IDENTITY(1,1) NOT NULL,
  VerificationId INT NOT NULL,
  StorageKey NVARCHAR(100) NOT NULL,
  Type NVARCHAR(40) NOT NULL,
  Bytes INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  StoredAt DATETIME2(3) NULL,
  RemovedAt DATETIME2(3) NULL,
  CONSTRAINT PK_SellerVerificationFiles PRIMARY KEY (Id),
  CONSTRAINT FK_SellerVerificationFiles_Verification FOREIGN KEY (VerificationId) REFERENCES SellerVerifications (Id),
  CONSTRAINT CK_SellerVerificationFiles_Type CHECK (Type IN (N'application/pdf', N'image/jpeg', N'image/png', N'image/webp'))
);
GO
CREATE TABLE EmailMessages (
  Id INT IDENTITY(1,1) NOT NULL,
  Kind NVARCHAR(40) NOT NULL,
  UserId INT NULL,
  Recipient NVARCHAR(254) NOT NULL,
  Subject NVARCHAR(200) NOT NULL,
  TextBody NVARCHAR(MAX) NOT NULL,
  HtmlBody NVARCHAR(MAX) NOT NULL,
  Status NVARCHAR(20) NOT NULL,
  Attempts INT NOT NULL CONSTRAINT DF_EmailMessages_Attempts DEFAULT 0,
  Holder NVARCHAR(60) NULL,
  LeaseUntil DATETIME2(3) NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  SettledAt DATETIME2(3) NULL,
  Failure NVARCHAR(300) NULL,
  RequestId NVARCHAR(64) NULL,
  CONSTRAINT PK_EmailMessages PRIMARY KEY (Id),
  CONSTRAINT FK_EmailMessages_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_EmailMessages_Status CHECK (Status IN (N'queued', N'sending', N'sent', N'dead'))
);
GO
CREATE TABLE SellerPayoutDetails (
  UserId INT NOT NULL,
  Method NVARCHAR(10) NOT NULL,
  Sealed NVARCHAR(2000) NOT NULL,
  KeyId NVARCHAR(20) NOT NULL,
  Masked NVARCHAR(100) NOT NULL,
  Currency NVARCHAR(10) NULL,
  Version INT NOT NULL,
  CreatedAt DATETIME2(3) NOT NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_SellerPayoutDetails PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerPayoutDetails_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerPayoutDetails_Method CHECK (Method IN (N'bank', N'crypto'))
);
GO
CREATE TABLE SellerOnboarding (
  UserId INT NOT NULL,
  CurrentStep NVARCHAR(20) NOT NULL,
  Skipped NVARCHAR(200) NOT NULL CONSTRAINT DF_SellerOnboarding_Skipped DEFAULT N'',
  CompletedAt DATETIME2(3) NULL,
  UpdatedAt DATETIME2(3) NOT NULL,
  CONSTRAINT PK_SellerOnboarding PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerOnboarding_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerOnboarding_CurrentStep CHECK (CurrentStep IN (N'wallet', N'profile', N'image', N'verification', N'payout', N'listing'))
);
GO
CREATE INDEX IX_EmailVerifications_User ON EmailVerifications (UserId, CreatedAt);
CREATE INDEX IX_EmailVerifications_Email ON EmailVerifications (Email, CreatedAt);
CREATE INDEX IX_EmailVerifications_ExpiresAt ON EmailVerifications (ExpiresAt);
CREATE UNIQUE INDEX UX_SellerVerifications_OpenKey ON SellerVerifications (OpenKey);
CREATE INDEX IX_SellerVerifications_User ON SellerVerifications (UserId, Id);
CREATE INDEX IX_SellerVerifications_Status ON SellerVerifications (Status, SubmittedAt);
CREATE UNIQUE INDEX UX_VerificationFiles_Key ON SellerVerificationFiles (StorageKey);
CREATE INDEX IX_SellerVerificationFiles_Verification ON SellerVerificationFiles (VerificationId, Id);
CREATE INDEX IX_EmailMessages_Status ON EmailMessages (Status, LeaseUntil);
CREATE INDEX IX_SellerPayoutDetails_KeyId ON SellerPayoutDetails (KeyId);
GO
COMMIT TRANSACTION;
GO
