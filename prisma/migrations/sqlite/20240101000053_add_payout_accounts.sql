-- Payouts through a provider: a seller's account at it, and what it was asked for each payout: the transfer to that account, the payout
-- from there to the bank, and the reversal of the transfer where that failed. Each has its own idempotency key.
CREATE TABLE PayoutAccounts (
  SellerId INTEGER NOT NULL,
  Provider TEXT NOT NULL,
  ProviderKey TEXT NOT NULL,
  KeyedAt DATETIME NOT NULL,
  Reference TEXT NULL,
  State TEXT NOT NULL,
  Missing TEXT NULL,
  Country TEXT NOT NULL,
  Currency TEXT NULL,
  Masked TEXT NULL,
  ConfirmedAt DATETIME NOT NULL,
  StoppedAt DATETIME NULL,
  CheckedAt DATETIME NULL,
  CreatedAt DATETIME NOT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_PayoutAccounts PRIMARY KEY (SellerId),
  CONSTRAINT FK_PayoutAccounts_Seller FOREIGN KEY (SellerId) REFERENCES Users (Id),
  CONSTRAINT CK_PayoutAccounts_State CHECK (State IN ('none', 'onboarding', 'restricted', 'ready')),
  CONSTRAINT CK_PayoutAccounts_Reference CHECK ((State = 'none' AND Reference IS NULL) OR (State <> 'none' AND Reference IS NOT NULL))
);
CREATE UNIQUE INDEX UX_PayoutAccounts_ProviderKey ON PayoutAccounts (ProviderKey);
CREATE UNIQUE INDEX UX_PayoutAccounts_Reference ON PayoutAccounts (Reference) WHERE Reference IS NOT NULL;
CREATE INDEX IX_PayoutAccounts_CheckedAt ON PayoutAccounts (CheckedAt, SellerId);
CREATE TABLE PayoutCalls (
  PayoutId INTEGER NOT NULL,
  Kind TEXT NOT NULL,
  Provider TEXT NOT NULL,
  Account TEXT NOT NULL,
  ProviderKey TEXT NOT NULL,
  Attempt INTEGER NOT NULL,
  KeyedAt DATETIME NOT NULL,
  Status TEXT NOT NULL,
  Reference TEXT NULL,
  Failure TEXT NULL,
  UpdatedAt DATETIME NOT NULL,
  CONSTRAINT PK_PayoutCalls PRIMARY KEY (PayoutId, Kind),
  CONSTRAINT FK_PayoutCalls_Payout FOREIGN KEY (PayoutId) REFERENCES Payouts (Id),
  CONSTRAINT CK_PayoutCalls_Kind CHECK (Kind IN ('transfer', 'payout', 'reversal')),
  CONSTRAINT CK_PayoutCalls_Attempt CHECK (Attempt >= 1),
  CONSTRAINT CK_PayoutCalls_Status CHECK (Status IN ('pending', 'done', 'refused', 'unresolved')),
  CONSTRAINT CK_PayoutCalls_Done CHECK ((Status = 'done' AND Reference IS NOT NULL) OR Status <> 'done')
);
CREATE UNIQUE INDEX UX_PayoutCalls_ProviderKey ON PayoutCalls (ProviderKey);
CREATE INDEX IX_PayoutCalls_Reference ON PayoutCalls (Reference);
ALTER TABLE Payouts ADD COLUMN CheckedAt DATETIME NULL;
ALTER TABLE Payouts DROP CONSTRAINT CK_Payouts_Method;
ALTER TABLE Payouts ADD CONSTRAINT CK_Payouts_Method CHECK (Method IN ('sepa', 'manual', 'stripe'));
CREATE INDEX IX_Payouts_Checked ON Payouts (Method, Status, CheckedAt, Id);
ALTER TABLE ProviderEvents DROP CONSTRAINT CK_ProviderEvents_Subject;
ALTER TABLE ProviderEvents ADD CONSTRAINT CK_ProviderEvents_Subject CHECK (Subject IN ('payment', 'refund', 'dispute', 'account', 'payout', 'transfer'));
