-- Sellers come in: what a profile says, what is verified, how far the onboarding is, where money goes to, and the e-mail that is waiting.
ALTER TABLE Users ADD COLUMN EmailVerifiedAt DATETIME NULL;
ALTER TABLE SellerProfiles ADD COLUMN TierId TEXT NOT NULL DEFAULT 'bronze';
ALTER TABLE SellerProfiles ADD COLUMN ContactEmail TEXT NULL;
ALTER TABLE SellerProfiles ADD COLUMN ShowContactEmail BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE SellerProfiles ADD COLUMN Website TEXT NULL;
ALTER TABLE SellerProfiles ADD COLUMN SocialLinks TEXT NULL;
CREATE TABLE EmailVerifications (
  TokenHash TEXT NOT NULL,
  UserId INTEGER NOT NULL,
  Email TEXT NOT NULL,
  CreatedAt DATETIME NOT NULL,
  ExpiresAt DATETIME NOT NULL,
  UsedAt DATETIME NULL,
  CONSTRAINT PK_EmailVerifications PRIMARY KEY (TokenHash),
  CONSTRAINT FK_EmailVerifications_User FOREIGN KEY (UserId) REFERENCES Users (Id)
);
CREATE TABLE SellerVerifications (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  UserId INTEGER NOT NULL,
  Status TEXT NOT NULL,
  OpenKey TEXT NOT NULL,
  LegalName TEXT NULL,
  Country TEXT NULL,
  CreatedAt DATETIME NOT NULL,
  SubmittedAt DATETIME NULL,
  DecidedAt DATETIME NULL,
  DecidedBy INTEGER NULL,
  Reason TEXT NULL,
  CONSTRAINT FK_SellerVerifications_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT FK_SellerVerifications_DecidedBy FOREIGN KEY (DecidedBy) REFERENCES Users (Id),
  CONSTRAINT CK_SellerVerifications_Status CHECK (Status IN ('draft', 'submitted', 'approved', 'rejected')),
  CONSTRAINT CK_SellerVerifications_Decision CHECK (DecidedBy IS NULL OR DecidedBy <> UserId)
);
CREATE TABLE SellerVerificationFiles (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  VerificationId INTEGER NOT NULL,
  StorageKey TEXT NOT NULL,
  Type TEXT NOT NULL,
  Bytes INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  StoredAt DATETIME NULL,
  RemovedAt DATETIME NULL,
  CONSTRAINT FK_SellerVerificationFiles_Verification FOREIGN KEY (VerificationId) REFERENCES SellerVerifications (Id),
  CONSTRAINT CK_SellerVerificationFiles_Type CHECK (Type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp'))
);
CREATE TABLE EmailMessages (
  Id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  Kind TEXT NOT NULL,
  UserId INTEGER NULL,
  Recipient TEXT NOT NULL,
  Subject TEXT NOT NULL,
  TextBody TEXT NOT NULL,
  HtmlBody TEXT NOT NULL,
  Status TEXT NOT NULL,
  Attempts INTEGER NOT NULL DEFAULT 0,
  Holder TEXT NULL,
  LeaseUntil DATETIME NOT NULL,
  CreatedAt DATETIME NOT NULL,
  SettledAt DATETIME NULL,
  Failure TEXT NULL,
  RequestId TEXT NULL,
  CONSTRAINT FK_EmailMessages_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_EmailMessages_Status CHECK (Status IN ('queued', 'sending', 'sent', 'dead'))
);
CREATE TABLE SellerPayoutDetails (
  UserId INTEGER NOT NULL,
  Method TEXT NOT NULL,
  Sealed TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  Masked TEXT NOT NULL,
  Currency TEXT NULL,
  Version INTEGER NOT NULL,
  CreatedAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_SellerPayoutDetails PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerPayoutDetails_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerPayoutDetails_Method CHECK (Method IN ('bank', 'crypto'))
);
CREATE TABLE SellerOnboarding (
  UserId INTEGER NOT NULL,
  CurrentStep TEXT NOT NULL,
  Skipped TEXT NOT NULL DEFAULT '',
  CompletedAt DATETIME NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_SellerOnboarding PRIMARY KEY (UserId),
  CONSTRAINT FK_SellerOnboarding_User FOREIGN KEY (UserId) REFERENCES Users (Id),
  CONSTRAINT CK_SellerOnboarding_CurrentStep CHECK (CurrentStep IN ('wallet', 'profile', 'image', 'verification', 'payout', 'listing'))
);
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
