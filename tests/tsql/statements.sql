-- Every statement that the product sends to SQL Server, with the functions that send it. Written, from a run of the suites on a SQL
-- Server, by: npm test -- contract integration ops --update
-- repositories/privacy/erasure.addresses
DELETE FROM Addresses
WHERE UserId = @P1
  AND Id IN (SELECT t.Id FROM Addresses t WHERE t.UserId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM AuthenticatorApps
WHERE UserId = @P1
  AND UserId IN (SELECT t.UserId FROM AuthenticatorApps t WHERE t.UserId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/privacy/erasure.listings
DELETE FROM BasketItems
WHERE ListingId IN (@P1)
GO
-- repositories/privacy/erasure.basket
DELETE FROM BasketItems
WHERE UserId = @P1
  AND ListingId IN (SELECT t.ListingId FROM BasketItems t WHERE t.UserId = @P2 ORDER BY t.ListingId OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/fees.removeRule
DELETE FROM CommissionRules
WHERE Id = @P1 AND NOT EXISTS (SELECT 1 FROM OrderFeeLines l WHERE l.RuleId = @P2)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM DashboardVisits
WHERE SellerId = @P1
  AND SellerId IN (SELECT t.SellerId FROM DashboardVisits t WHERE t.SellerId = @P2 ORDER BY t.SellerId OFFSET 0 ROWS FETCH NEXT
  @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.emails
DELETE FROM EmailChanges
WHERE UserId = @P1
  AND Id IN (SELECT t.Id FROM EmailChanges t WHERE t.UserId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/emails.settle
DELETE FROM EmailMessages
WHERE Id = @P1 AND Status IN ('queued', 'sending')
GO
-- repositories/emails.purgeSettled
DELETE FROM EmailMessages
WHERE Status IN ('sent', 'dead') AND SettledAt < @P1
GO
-- repositories/privacy/erasure.closeAccount, repositories/privacy/erasure.emails
DELETE FROM EmailMessages
WHERE UserId = @P1
  AND Id IN (SELECT t.Id FROM EmailMessages t WHERE t.UserId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.emails
DELETE FROM EmailVerifications
WHERE UserId = @P1
  AND TokenHash IN (SELECT t.TokenHash FROM EmailVerifications t WHERE t.UserId = @P2 ORDER BY t.TokenHash OFFSET 0 ROWS FETCH
  NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM ExternalAccounts
WHERE UserId = @P1
  AND ExternalId IN (SELECT t.ExternalId FROM ExternalAccounts t WHERE t.UserId = @P2 ORDER BY t.ExternalId OFFSET 0 ROWS FETCH
  NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM FeatureFeedback
WHERE UserId = @P1
  AND Feature IN (SELECT t.Feature FROM FeatureFeedback t WHERE t.UserId = @P2 ORDER BY t.Feature OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/flags.save
DELETE FROM FeatureFlagTargets
WHERE FlagName = @P1
GO
-- repositories/flags.save
DELETE FROM FeatureFlagVariants
WHERE FlagName = @P1
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM FollowingVisits
WHERE UserId = @P1
  AND UserId IN (SELECT t.UserId FROM FollowingVisits t WHERE t.UserId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/privacy/erasure.answers
DELETE FROM IdempotencyKeys
WHERE UserId = @P1
  AND KeyHash IN (SELECT t.KeyHash FROM IdempotencyKeys t WHERE t.UserId = @P2 ORDER BY t.KeyHash OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/images.markAbandoned
DELETE FROM ImageUses
WHERE ImageId IN (SELECT f.Id FROM Images f WHERE f.Status = 'failed' AND f.UpdatedAt < @P1)
GO
-- repositories/privacy/erasure.images
DELETE FROM ImageUses
WHERE ImageId IN (SELECT i.Id FROM Images i WHERE i.OwnerId = @P1
  AND i.DeletedAt IS NULL ORDER BY i.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.listings
DELETE FROM ImageUses
WHERE Purpose = 'listing' AND SubjectId IN (@P1)
GO
-- repositories/images.replaceUses
DELETE FROM ImageUses
WHERE Purpose = @P1 AND SubjectId = @P2
GO
-- repositories/images.planVariants, repositories/images.purgeFiles
DELETE FROM ImageVariants
WHERE ImageId = @P1
GO
-- repositories/images.purgeFiles
DELETE FROM Images
WHERE Id = @P1 AND DeletedAt IS NOT NULL
GO
-- repositories/maintenance.forgetProcess
DELETE FROM JobLeases
WHERE Name = @P1
GO
-- repositories/maintenance.processes
DELETE FROM JobLeases
WHERE Name LIKE @P1 AND NextRunAt < @P2
GO
-- repositories/listings.deleteDraft
DELETE FROM ListingEvents
WHERE ListingId = @P1
GO
-- repositories/privacy/erasure.listings
DELETE FROM ListingEvents
WHERE ListingId IN (@P1)
GO
-- repositories/metrics.deleteInChunks
DELETE FROM OutboxEvents
WHERE Id IN (SELECT t.Id FROM OutboxEvents t WHERE t.CreatedAt < @P1 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM Passkeys
WHERE UserId = @P1
  AND Id IN (SELECT t.Id FROM Passkeys t WHERE t.UserId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.emails
DELETE FROM PasswordResets
WHERE UserId = @P1
  AND Id IN (SELECT t.Id FROM PasswordResets t WHERE t.UserId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM PayoutSettings
WHERE SellerId = @P1
  AND SellerId IN (SELECT t.SellerId FROM PayoutSettings t WHERE t.SellerId = @P2 ORDER BY t.SellerId OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/privacy/erasure.reports
DELETE FROM RatingAppeals
WHERE AppellantId = @P1
  AND Id IN (SELECT t.Id FROM RatingAppeals t WHERE t.AppellantId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/ratings.delete, repositories/ratings.replace
DELETE FROM RatingHelpfulVotes
WHERE RatingId = @P1
GO
-- repositories/privacy/erasure.votes
DELETE FROM RatingHelpfulVotes
WHERE UserId = @P1 AND RatingId IN (@P2)
GO
-- repositories/ratings.delete
DELETE FROM RatingReplies
WHERE RatingId = @P1
GO
-- repositories/privacy/erasure.replies
DELETE FROM RatingReplies
WHERE SellerId = @P1
  AND RatingId IN (SELECT t.RatingId FROM RatingReplies t WHERE t.SellerId = @P2 ORDER BY t.RatingId OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/privacy/erasure.reports
DELETE FROM RatingReports
WHERE ReporterId = @P1
  AND Id IN (SELECT t.Id FROM RatingReports t WHERE t.ReporterId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM RecoveryCodes
WHERE UserId = @P1
  AND Number IN (SELECT t.Number FROM RecoveryCodes t WHERE t.UserId = @P2 ORDER BY t.Number OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/metrics.condenseSamples
DELETE FROM RequestSamples
WHERE At < @P1 AND Hourly = 0
GO
-- repositories/metrics.deleteInChunks
DELETE FROM RequestSamples
WHERE Id IN (SELECT t.Id FROM RequestSamples t WHERE t.At < @P1 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/metrics.deleteInChunks
DELETE FROM SellerCacheInvalidations
WHERE Id IN (SELECT t.Id FROM SellerCacheInvalidations t WHERE t.CompletedAt < @P1 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS
  ONLY)
GO
-- repositories/listings.changed
DELETE FROM SellerListings
WHERE Id = @P1 AND SellerId = @P2 AND Status = 'draft' AND PublishedAt IS NULL
GO
-- repositories/privacy/erasure.listings
DELETE FROM SellerListings
WHERE Id IN (@P1)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM SellerOnboarding
WHERE UserId = @P1
  AND UserId IN (SELECT t.UserId FROM SellerOnboarding t WHERE t.UserId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM SellerPayoutDetails
WHERE UserId = @P1
  AND UserId IN (SELECT t.UserId FROM SellerPayoutDetails t WHERE t.UserId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM SellerProfiles
WHERE UserId = @P1
  AND UserId IN (SELECT t.UserId FROM SellerProfiles t WHERE t.UserId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/rating-days.recountDays
DELETE FROM SellerRatingDays
WHERE SellerId IN (SELECT n.id FROM (SELECT id FROM (VALUES (@P1)) v (id)) n)
GO
-- repositories/moderation.strike
DELETE FROM SellerRatings
WHERE Id = @P1
GO
-- repositories/ratings.delete
DELETE FROM SellerRatings
WHERE Id = @P1 AND Version = @P2
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM SellerTaxDetails
WHERE UserId = @P1
  AND UserId IN (SELECT t.UserId FROM SellerTaxDetails t WHERE t.UserId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/privacy/erasure.verifications
DELETE FROM SellerVerificationFiles
WHERE Id IN (SELECT f.Id FROM SellerVerificationFiles f WHERE f.VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE
  v.UserId = @P1) AND f.RemovedAt IS NOT NULL ORDER BY f.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.verifications
DELETE FROM SellerVerifications
WHERE UserId = @P1 AND NOT EXISTS (SELECT 1 FROM SellerVerificationFiles f WHERE f.VerificationId = SellerVerifications.Id)
GO
-- repositories/metrics.deleteInChunks
DELETE FROM Sessions
WHERE Id IN (SELECT t.Id FROM Sessions t WHERE t.ExpiresAt < @P1
  OR t.RevokedAt < @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.sessions
DELETE FROM Sessions
WHERE UserId = @P1
  AND Id IN (SELECT t.Id FROM Sessions t WHERE t.UserId = @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.listings
DELETE FROM StoreFeatured
WHERE ListingId IN (@P1)
GO
-- repositories/stores.replaceFeatured
DELETE FROM StoreFeatured
WHERE SellerId = @P1
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM StoreFeatured
WHERE SellerId = @P1
  AND ListingId IN (SELECT t.ListingId FROM StoreFeatured t WHERE t.SellerId = @P2 ORDER BY t.ListingId OFFSET 0 ROWS FETCH NEXT
  @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.follows
DELETE FROM StoreFollows
WHERE SellerId = @P1
  AND UserId IN (SELECT t.UserId FROM StoreFollows t WHERE t.SellerId = @P2 ORDER BY t.UserId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/stores.changed
DELETE FROM StoreFollows
WHERE SellerId = @P1 AND UserId = @P2
GO
-- repositories/privacy/erasure.follows
DELETE FROM StoreFollows
WHERE UserId = @P1
  AND SellerId IN (SELECT t.SellerId FROM StoreFollows t WHERE t.UserId = @P2 ORDER BY t.SellerId OFFSET 0 ROWS FETCH NEXT @P3
  ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM Stores
WHERE SellerId = @P1
  AND SellerId IN (SELECT t.SellerId FROM Stores t WHERE t.SellerId = @P2 ORDER BY t.SellerId OFFSET 0 ROWS FETCH NEXT @P3 ROWS
  ONLY)
GO
-- repositories/moderation.restore
DELETE FROM StruckRatings
WHERE RatingId = @P1
GO
-- repositories/tasks.purge
DELETE FROM Tasks
WHERE (Status = 'done' AND SettledAt < @P1) OR (Status = 'dead' AND SettledAt < @P2 AND Name NOT IN (@P3))
GO
-- repositories/tasks.purge
DELETE FROM Tasks
WHERE (Status = 'done' AND SettledAt < @P1) OR (Status = 'dead' AND SettledAt < @P2)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM UserRoles
WHERE UserId = @P1
  AND Role IN (SELECT t.Role FROM UserRoles t WHERE t.UserId = @P2 ORDER BY t.Role OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/privacy/erasure.closeAccount
DELETE FROM Wallets
WHERE UserId = @P1
  AND Address IN (SELECT t.Address FROM Wallets t WHERE t.UserId = @P2 ORDER BY t.Address OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/addresses.remove
DELETE FROM [dbo].[Addresses]
WHERE ([dbo].[Addresses].[Id] = @P1 AND [dbo].[Addresses].[UserId] = @P2)
GO
-- repositories/attempts.purge
DELETE FROM [dbo].[AttemptCounters]
WHERE [dbo].[AttemptCounters].[ExpiresAt] < @P1
GO
-- repositories/attempts.forget
DELETE FROM [dbo].[AttemptCounters]
WHERE [dbo].[AttemptCounters].[KeyHash] = @P1
GO
-- repositories/second-factor.setUpApp
DELETE FROM [dbo].[AuthenticatorApps]
WHERE ([dbo].[AuthenticatorApps].[UserId] = @P1 AND [dbo].[AuthenticatorApps].[EnabledAt] IS NULL)
GO
-- repositories/second-factor.remove
DELETE FROM [dbo].[AuthenticatorApps]
WHERE [dbo].[AuthenticatorApps].[UserId] = @P1
GO
-- repositories/basket.remove
DELETE FROM [dbo].[BasketItems]
WHERE ([dbo].[BasketItems].[UserId] = @P1 AND [dbo].[BasketItems].[ListingId] IN (@P2))
GO
-- repositories/email-ownership.purge
DELETE FROM [dbo].[EmailChanges]
WHERE [dbo].[EmailChanges].[ExpiresAt] < @P1
GO
-- repositories/verifications.purgeEmailLinks
DELETE FROM [dbo].[EmailVerifications]
WHERE [dbo].[EmailVerifications].[ExpiresAt] < @P1
GO
-- repositories/idempotency.release
DELETE FROM [dbo].[IdempotencyKeys]
WHERE ([dbo].[IdempotencyKeys].[UserId] = @P1 AND [dbo].[IdempotencyKeys].[KeyHash] = @P2
  AND [dbo].[IdempotencyKeys].[Status] = @P3)
GO
-- repositories/idempotency.purgeBefore
DELETE FROM [dbo].[IdempotencyKeys]
WHERE [dbo].[IdempotencyKeys].[CreatedAt] < @P1
GO
-- repositories/passkeys.purgeChallenges
DELETE FROM [dbo].[PasskeyChallenges]
WHERE [dbo].[PasskeyChallenges].[ExpiresAt] < @P1
GO
-- repositories/passkeys.remove
DELETE FROM [dbo].[Passkeys]
WHERE ([dbo].[Passkeys].[Id] = @P1 AND [dbo].[Passkeys].[UserId] = @P2)
GO
-- repositories/passkeys.removeAll
DELETE FROM [dbo].[Passkeys]
WHERE [dbo].[Passkeys].[UserId] = @P1
GO
-- repositories/email-ownership.purge
DELETE FROM [dbo].[PasswordResets]
WHERE [dbo].[PasswordResets].[ExpiresAt] < @P1
GO
-- repositories/ratings.removeHelpfulVote
DELETE FROM [dbo].[RatingHelpfulVotes]
WHERE ([dbo].[RatingHelpfulVotes].[RatingId] = @P1 AND [dbo].[RatingHelpfulVotes].[UserId] = @P2)
GO
-- repositories/second-factor.remove, repositories/second-factor.replaceRecoveryCodes
DELETE FROM [dbo].[RecoveryCodes]
WHERE [dbo].[RecoveryCodes].[UserId] = @P1
GO
-- repositories/payout-details.remove
DELETE FROM [dbo].[SellerPayoutDetails]
WHERE [dbo].[SellerPayoutDetails].[UserId] = @P1
GO
-- repositories/accounts.lockDomain
DELETE FROM [dbo].[UserRoles]
WHERE (EXISTS(SELECT [t0].[Id] FROM [dbo].[Users] AS [t0] WHERE ([t0].[Email] LIKE CONCAT('%', @P1)
  AND (([dbo].[UserRoles].[UserId] = [t0].[Id])) AND [t0].[Id] IS NOT NULL)) AND [dbo].[UserRoles].[Role] IN (@P2))
GO
-- repositories/wallets.purgeNonces
DELETE FROM [dbo].[WalletNonces]
WHERE [dbo].[WalletNonces].[ExpiresAt] < @P1
GO
-- repositories/wallets.unlink
DELETE FROM [dbo].[Wallets]
WHERE ([dbo].[Wallets].[Address] = @P1 AND [dbo].[Wallets].[UserId] = @P2)
GO
-- repositories/accounts.lockDomain
DELETE FROM [dbo].[Wallets]
WHERE EXISTS(SELECT [t0].[Id] FROM [dbo].[Users] AS [t0] WHERE ([t0].[Email] LIKE CONCAT('%', @P1)
  AND (([dbo].[Wallets].[UserId] = [t0].[Id])) AND [t0].[Id] IS NOT NULL))
GO
-- apps/api/src/health/database-check.look
EXEC('SELECT m.Name AS name FROM SchemaMigrations m')
GO
-- repositories/addresses.create
INSERT INTO Addresses (UserId, RecipientName, Line1, Line2, PostalCode, City, Region, Country, Phone, CreatedAt, LastUsedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11)
GO
-- repositories/alerts.raise
INSERT INTO Alerts (Kind, OpenKey, SellerId, Title, Evidence, OpenedAt, LastSeenAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/attempts.count, repositories/attempts.lock
INSERT INTO AttemptCounters (KeyHash, Attempts, ExpiresAt)
VALUES (@P1, @P2, @P3)
GO
-- repositories/records.append
INSERT INTO AuditLog (At, ActorId, ActorKind, Action, Entity, EntityId, Detail, RequestId)
SELECT n.at, n.actorId, n.actorKind, n.action, n.entity, n.entityId, n.detail, n.requestId
FROM (SELECT at, actorId, actorKind, action, entity, entityId, detail, requestId FROM (VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7,
  @P8)) v (at, actorId, actorKind, action, entity, entityId, detail, requestId)) n
WHERE 1 = 1
GO
-- repositories/records.append
INSERT INTO AuditLog (At, ActorId, ActorKind, Action, Entity, EntityId, Detail, RequestId, AddressPrefix)
SELECT n.at, n.actorId, n.actorKind, n.action, n.entity, n.entityId, n.detail, n.requestId, n.addressPrefix
FROM (SELECT at, actorId, actorKind, action, entity, entityId, detail, requestId, addressPrefix FROM (VALUES (@P1, @P2, @P3, @P4,
  @P5, @P6, @P7, @P8, @P9)) v (at, actorId, actorKind, action, entity, entityId, detail, requestId, addressPrefix)) n
WHERE 1 = 1
GO
-- repositories/categories.add
INSERT INTO Categories (Path, ParentPath, Name, Position)
SELECT @P1, @P2, @P3, COALESCE(MAX(s.Position), -1) + 1
FROM Categories s
WHERE s.ParentPath = @P4
GO
-- repositories/categories.add
INSERT INTO Categories (Path, ParentPath, Name, Position)
SELECT @P1, @P2, @P3, COALESCE(MAX(s.Position), -1) + 1
FROM Categories s
WHERE s.ParentPath IS NULL
GO
-- repositories/fees.addRule
INSERT INTO CommissionRules (CategoryPath, SellerId, Tier, BasisPoints, FixedMinor, MinimumMinor, Currency, ValidFrom, ValidUntil,
  CreatedBy, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11)
GO
-- repositories/insights.visit
INSERT INTO DashboardVisits (SellerId, VisitedAt)
VALUES (@P1, @P2)
GO
-- repositories/emails.insert
INSERT INTO EmailMessages (Kind, UserId, Recipient, Subject, TextBody, HtmlBody, Status, LeaseUntil, CreatedAt, RequestId)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10)
GO
-- repositories/verifications.addEmailLink
INSERT INTO EmailVerifications (TokenHash, UserId, Email, CreatedAt, ExpiresAt)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/imports.createAccounts
INSERT INTO ExternalAccounts (Source, ExternalId, UserId)
SELECT @P1, l.externalId, l.userId
FROM (SELECT externalId, userId FROM (VALUES (@P2, @P3)) v (externalId, userId)) l
WHERE 1 = 1
GO
-- repositories/insights
INSERT INTO FeatureFeedback (UserId, Feature, Score, At)
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/flags.appendChange
INSERT INTO FeatureFlagChanges (FlagName, At, ActorId, ActorKind, Action, StateBefore, StateAfter, RequestId)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/flags.save
INSERT INTO FeatureFlagTargets (FlagName, Kind, Value)
SELECT n.name, n.kind, n.value
FROM (SELECT name, kind, value FROM (VALUES (@P1, @P2, @P3)) v (name, kind, value)) n
WHERE 1 = 1
GO
-- repositories/flags.save
INSERT INTO FeatureFlagVariants (FlagName, Name, Weight, Position)
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/flags.writeRow
INSERT INTO FeatureFlags (Name, Description, Owner, ExpiresAt, Enabled, Killed, RolloutPercentage, UpdatedAt, UpdatedBy, Version)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10)
GO
-- repositories/flags.writeRow
INSERT INTO FeatureFlags (Name, Description, Owner, ExpiresAt, Enabled, Killed, RolloutPercentage, Version, UpdatedAt, UpdatedBy)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10)
GO
-- repositories/rollouts.begin
INSERT INTO FeatureRollouts (FlagName, OpenKey, Status, Phases, Phase, StartPercentage, WaitMinutes, RequestsMin,
  ErrorRateMaxPermille, P95MaxMs, RequestedBy, RequestedAt, PhaseStartedAt, Guards)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13, @P14)
GO
-- repositories/stores.recordVisit
INSERT INTO FollowingVisits (UserId, VisitedAt)
VALUES (@P1, @P2)
GO
-- repositories/images.replaceUses
INSERT INTO ImageUses (Purpose, SubjectId, ImageId, Position, AltText)
SELECT @P1, @P2, n.imageId, n.position, n.alt
FROM (SELECT imageId, position, alt FROM (VALUES (@P3, @P4, @P5)) v (imageId, position, alt)) n
WHERE 1 = 1
GO
-- repositories/images.planVariants
INSERT INTO ImageVariants (ImageId, Format, Width, Height, StorageKey, Bytes)
SELECT @P1, n.format, n.width, n.height, n.storageKey, n.bytes
FROM (SELECT format, width, height, storageKey, bytes FROM (VALUES (@P2, @P3, @P4, @P5, @P6)) v (format, width, height,
  storageKey, bytes)) n
WHERE 1 = 1
GO
-- repositories/images.insert
INSERT INTO Images (OwnerId, Purpose, Status, LiveKey, Bytes, OriginalKey, LeaseUntil, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9)
GO
-- repositories/imports.openRun
INSERT INTO ImportRuns (Source, FileName, Fingerprint, StartedAt)
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/invoices.nextNumber
INSERT INTO InvoiceCounters (Series, Year, LastNumber)
VALUES (@P1, @P2, @P3)
GO
-- repositories/invoices.add
INSERT INTO InvoiceLines (InvoiceId, Line, Text, Quantity, AmountMinor)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/invoices.add
INSERT INTO Invoices (Kind, Series, Year, Number, Cause, OrderId, RecipientId, CorrectsId, Currency, NetMinor, VatMinor,
  VatBasisPoints, VatTreatment, IssuerName, IssuerAddress, IssuerVatNumber, RecipientName, RecipientAddress, RecipientVatNumber,
  IsTest, IssuedAt, StorageKey)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13, @P14, @P15, @P16, @P17, @P18, @P19, @P20, @P21, @P22)
GO
-- repositories/maintenance
INSERT INTO JobLeases (Name, Holder, NextRunAt)
VALUES (@P1, @P2, @P3)
GO
-- repositories/maintenance.lease
INSERT INTO JobLeases (Name, NextRunAt)
VALUES (@P1, @P2)
GO
-- repositories/ledger.shiftBalances
INSERT INTO LedgerBalances (SellerId, Currency, Account, BalanceMinor)
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/ledger.add
INSERT INTO LedgerEntries (Cause, Kind, Currency, OrderId, IsTest, Lines, At)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/ledger.add
INSERT INTO LedgerPostings (EntryId, Line, Account, SellerId, Currency, AmountMinor)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/ledger-checks.keep
INSERT INTO LedgerVerifications (StartedAt, FinishedAt, Entries, Payments, Posted, Differences, Findings)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/listing-imports.insertMany
INSERT INTO ListingEvents (ListingId, FromStatus, ToStatus, ActorId, At)
SELECT e.id, NULL, e.status, e.seller, e.made
FROM (SELECT id, seller, status, made FROM (VALUES (@P1, @P2, @P3, @P4)) v (id, seller, status, made)) e
WHERE 1 = 1
GO
-- repositories/listings.record
INSERT INTO ListingEvents (ListingId, FromStatus, ToStatus, ActorId, At)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/maintenance.request
INSERT INTO MaintenanceRuns (Kind, OpenKey, RequestedBy, RequestedAt, RequestId, TraceParent)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/fees.freeze
INSERT INTO OrderFeeLines (OrderId, Line, RuleId, BaseMinor, BasisPoints, FixedMinor, MinimumMinor, CommissionMinor)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/fees.freeze
INSERT INTO OrderFees (OrderId, Currency, BaseMinor, CommissionMinor, VatMinor, VatBasisPoints, VatTreatment, VatCountry,
  FrozenAt)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9)
GO
-- repositories/orders.createGroup
INSERT INTO OrderGroups (BuyerId, Currency, RecipientName, Line1, Line2, PostalCode, City, Region, Country, Phone, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11)
GO
-- repositories/orders.create
INSERT INTO Orders (GroupId, ListingId, SellerId, BuyerId, Title, PriceE8, ShippingE8, Currency, Note, Delivery, EscrowEnabled,
  Status, CreatedAt, UpdatedAt, DueAt, DueStatus)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13, @P14, @P15, @P16)
GO
-- repositories/orders.create
INSERT INTO Orders (ListingId, SellerId, BuyerId, Title, PriceE8, Currency, Status, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9)
GO
-- repositories/records.append
INSERT INTO OutboxEvents (Topic, SubjectId, Payload, CreatedAt, RequestId)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/records.append
INSERT INTO OutboxEvents (Topic, SubjectId, Payload, CreatedAt, RequestId)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/passkeys.add
INSERT INTO Passkeys (UserId, CredentialHash, CredentialId, PublicKey, SignCount, Transports, Name, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/email-ownership.add
INSERT INTO PasswordResets (Email, CreatedAt, ExpiresAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3)
GO
-- repositories/payout-files.create
INSERT INTO PayoutFiles (MessageId, ExecuteOn, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3)
GO
-- repositories/payouts.claimLines
INSERT INTO PayoutLines (EntryId, Line, PayoutId)
SELECT p.EntryId, p.Line, @P1
FROM LedgerPostings p
JOIN LedgerEntries e ON e.Id = p.EntryId
WHERE p.SellerId = @P2 AND p.Currency = @P3 AND p.Account = 'seller_balance' AND e.Kind <> 'payout'
  AND NOT EXISTS (SELECT 1 FROM PayoutLines c WHERE c.EntryId = p.EntryId AND c.Line = p.Line)
GO
-- repositories/payouts.claimLines
INSERT INTO PayoutLines (EntryId, Line, PayoutId)
SELECT p.EntryId, p.Line, @P1
FROM LedgerPostings p
JOIN LedgerEntries e ON e.Id = p.EntryId
WHERE p.SellerId = @P2 AND p.Currency = @P3 AND p.Account = 'seller_balance' AND e.Kind <> 'payout'
  AND p.EntryId > COALESCE((SELECT MAX(l.EntryId) FROM PayoutLines l WHERE l.PayoutId = (SELECT MAX(q.Id) FROM Payouts q WHERE
  q.SellerId = @P4 AND q.Currency = @P5 AND q.Id < @P6)), 0)
  AND NOT EXISTS (SELECT 1 FROM PayoutLines c WHERE c.EntryId = p.EntryId AND c.Line = p.Line)
GO
-- repositories/payouts.addMissingSettings
INSERT INTO PayoutSettings (SellerId, Schedule, NextAt, UpdatedAt)
SELECT u.Id, @P1, @P2, @P3
FROM Users u
WHERE u.Id IN (SELECT b.SellerId FROM LedgerBalances b WHERE b.SellerId > 0 AND b.Account = 'seller_balance'
  AND NOT EXISTS (SELECT 1 FROM PayoutSettings s WHERE s.SellerId = b.SellerId) GROUP BY b.SellerId ORDER BY b.SellerId OFFSET 0
  ROWS FETCH NEXT @P4 ROWS ONLY)
GO
-- repositories/payouts.ensureSettings
INSERT INTO PayoutSettings (SellerId, Schedule, NextAt, UpdatedAt)
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/payouts.create
INSERT INTO Payouts (SellerId, Currency, AmountMinor, Status, Method, Reference, Masked, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/moderation.insertAppeal
INSERT INTO RatingAppeals (DecisionId, AppellantId, Text, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/moderation.insertDecision
INSERT INTO RatingDecisions (RatingId, SellerId, RaterId, Rating, Comment, Action, Reason, Statement, DecidedBy, At)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10)
GO
-- repositories/ratings.saveReply
INSERT INTO RatingReplies (RatingId, SellerId, Text, CreatedAt, UpdatedAt)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/moderation.insertReport
INSERT INTO RatingReports (RatingId, ReporterId, Reason, Detail, CreatedAt)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/aggregates.openRun
INSERT INTO RecalculationRuns (Scope, StartedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2)
GO
-- repositories/refunds.create
INSERT INTO Refunds (OrderId, AmountE8, Reason, RequestedBy, Status, Attempt, ProviderKey, KeyedAt, Reference, CreatedAt,
  UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11)
GO
-- repositories/metrics.condenseSamples
INSERT INTO RequestSamples (At, Endpoint, Hourly, Requests, Errors, To25, To50, To100, To250, To500, To1000, To2500, Longer)
SELECT DATEADD(HOUR, DATEDIFF(HOUR, '1970-01-01', q.At), CAST('1970-01-01' AS DATETIME2(3))), q.Endpoint, 1, SUM(q.Requests),
  SUM(q.Errors), SUM(q.To25), SUM(q.To50), SUM(q.To100), SUM(q.To250), SUM(q.To500), SUM(q.To1000), SUM(q.To2500), SUM(q.Longer)
FROM RequestSamples q
WHERE q.At < @P1 AND Hourly = 0
GROUP BY DATEADD(HOUR, DATEDIFF(HOUR, '1970-01-01', q.At), CAST('1970-01-01' AS DATETIME2(3))), q.Endpoint
GO
-- repositories/invalidations.add
INSERT INTO SellerCacheInvalidations (Id, SellerId, InvalidationType, Component, TriggeredAt)
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/listings.create
INSERT INTO SellerListings (SellerId, Status, PublishedAt, Title, Description, PriceE8, Currency, Category, EscrowEnabled,
  ShippingInfo, Metadata, Quantity, SearchText, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13, @P14, @P15)
GO
-- repositories/listings.create
INSERT INTO SellerListings (SellerId, Status, PublishedAt, Title, Description, PriceE8, Currency, Category, EscrowEnabled,
  ShippingInfo, Metadata, SearchText, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13, @P14)
GO
-- repositories/listing-imports.insertMany
INSERT INTO SellerListings (SellerId, Status, PublishedAt, Title, Description, PriceE8, Currency, Category, EscrowEnabled,
  ShippingInfo, Metadata, SearchText, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id, INSERTED.SellerId AS seller, INSERTED.Status AS status, INSERTED.CreatedAt AS made
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13, @P14)
GO
-- repositories/rating-days.addDays
INSERT INTO SellerRatingDays (SellerId, Day)
SELECT n.seller, n.day
FROM (SELECT seller, day, s1, s2, s3, s4, s5 FROM (VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)) v (seller, day, s1, s2, s3, s4,
  s5)) n
WHERE NOT EXISTS (SELECT 1 FROM SellerRatingDays d WHERE d.SellerId = n.seller AND d.Day = n.day)
GO
-- repositories/rating-days.recountDays
INSERT INTO SellerRatingDays (SellerId, Day, Stars1, Stars2, Stars3, Stars4, Stars5)
SELECT r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt) AS Day, SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END) AS n1,
  SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END) AS n2, SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END) AS n3,
  SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END) AS n4, SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END) AS n5
FROM SellerRatings r
WHERE r.SellerId IN (SELECT n.id FROM (SELECT id FROM (VALUES (@P1)) v (id)) n)
GROUP BY r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt)
GO
-- repositories/rating-days.moveDays
INSERT INTO SellerRatingDays (SellerId, Day, Stars3)
VALUES (@P1, @P2, @P3)
GO
-- repositories/imports.insertChunk
INSERT INTO SellerRatingHistory (RatingId, SellerId, RaterId, Version, Action, Rating, Comment, At)
SELECT r.Id, r.SellerId, r.RaterId, 1, 'imported', r.Rating, r.Comment, r.CreatedAt
FROM SellerRatings r
JOIN (SELECT sellerId, raterId FROM (VALUES (@P1, @P2)) v (sellerId, raterId)) n ON n.sellerId = r.SellerId
  AND n.raterId = r.RaterId
WHERE r.ImportRunId = @P3
GO
-- repositories/ratings.appendVersion
INSERT INTO SellerRatingHistory (RatingId, SellerId, RaterId, Version, Action, Rating, Comment, OrderId, ActorId, At)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10)
GO
-- repositories/ratings.insert
INSERT INTO SellerRatings (SellerId, RaterId, Rating, Comment, OrderId, Source, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/imports.insertChunk
INSERT INTO SellerRatings (SellerId, RaterId, Rating, Comment, Source, ImportRunId, CreatedAt, UpdatedAt)
SELECT n.sellerId, n.raterId, n.rating, n.comment, 'imported', @P1, n.at, n.at
FROM (SELECT sellerId, raterId, rating, comment, at FROM (VALUES (@P2, @P3, @P4, @P5, @P6)) v (sellerId, raterId, rating, comment,
  at)) n
WHERE 1 = 1
GO
-- repositories/verifications.addDocument
INSERT INTO SellerVerificationFiles (VerificationId, StorageKey, Type, Bytes, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/verifications.createDraft
INSERT INTO SellerVerifications (UserId, Status, OpenKey, CreatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/stores.replaceFeatured
INSERT INTO StoreFeatured (SellerId, ListingId, Position)
SELECT @P1, n.listing, n.place
FROM (SELECT listing, place FROM (VALUES (@P2, @P3)) v (listing, place)) n
WHERE 1 = 1
GO
-- repositories/stores.follow
INSERT INTO StoreFollows (SellerId, UserId, CreatedAt)
VALUES (@P1, @P2, @P3)
GO
-- repositories/stores.saveSettings
INSERT INTO Stores (SellerId, About, Accent, ShippingPolicy, ReturnsPolicy, ContactPolicy, Version, UpdatedAt)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/moderation.strike
INSERT INTO StruckRatings (RatingId, Version, StruckAt, DecisionId, SellerId, RaterId, Rating, Comment, OrderId, Source,
  ImportRunId, HelpfulCount, CreatedAt, UpdatedAt)
SELECT Id, Version, @P1, @P2, SellerId, RaterId, Rating, Comment, OrderId, Source, ImportRunId, HelpfulCount, CreatedAt, UpdatedAt
FROM SellerRatings
WHERE Id = @P3
GO
-- repositories/tasks.add
INSERT INTO Tasks (Name, TaskKey, Input, Status, Attempts, DueAt, RequestId, TraceParent, CreatedAt)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9)
GO
-- repositories/imports.ensureRole
INSERT INTO UserRoles (UserId, Role, GrantedAt)
SELECT n.userId, @P1, @P2
FROM (SELECT userId FROM (VALUES (@P3)) v (userId)) n
WHERE NOT EXISTS (SELECT 1 FROM UserRoles r WHERE r.UserId = n.userId AND r.Role = @P4)
GO
-- repositories/accounts.create
INSERT INTO Users (Email, FullName, SearchName, PasswordHash, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/imports.createUsers
INSERT INTO Users (FullName, SearchName, CreatedAt, UpdatedAt)
OUTPUT INSERTED.Id AS id, INSERTED.FullName AS name
SELECT p.fullName, p.searchName, p.since, p.since
FROM (SELECT fullName, searchName, since FROM (VALUES (@P1, @P2, @P3)) v (fullName, searchName, since)) p
WHERE 1 = 1
GO
-- repositories/second-factor.setUpApp
INSERT INTO [dbo].[AuthenticatorApps] ([dbo].[AuthenticatorApps].[UserId], [dbo].[AuthenticatorApps].[Sealed],
  [dbo].[AuthenticatorApps].[KeyId], [dbo].[AuthenticatorApps].[SessionId], [dbo].[AuthenticatorApps].[CreatedAt],
  [dbo].[AuthenticatorApps].[EnabledAt], [dbo].[AuthenticatorApps].[LastStep])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/basket.put
INSERT INTO [dbo].[BasketItems] ([dbo].[BasketItems].[UserId], [dbo].[BasketItems].[ListingId], [dbo].[BasketItems].[Quantity],
  [dbo].[BasketItems].[PriceE8], [dbo].[BasketItems].[Currency], [dbo].[BasketItems].[AddedAt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/idempotency.claim
INSERT INTO [dbo].[IdempotencyKeys] ([dbo].[IdempotencyKeys].[UserId], [dbo].[IdempotencyKeys].[KeyHash],
  [dbo].[IdempotencyKeys].[RequestHash], [dbo].[IdempotencyKeys].[Status], [dbo].[IdempotencyKeys].[CreatedAt],
  [dbo].[IdempotencyKeys].[LockedUntil])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/orders.create, repositories/orders.transition
INSERT INTO [dbo].[OrderEvents] ([dbo].[OrderEvents].[OrderId], [dbo].[OrderEvents].[FromStatus], [dbo].[OrderEvents].[ToStatus],
  [dbo].[OrderEvents].[ActorId], [dbo].[OrderEvents].[At])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/orders.transition
INSERT INTO [dbo].[OrderEvents] ([dbo].[OrderEvents].[OrderId], [dbo].[OrderEvents].[FromStatus], [dbo].[OrderEvents].[ToStatus],
  [dbo].[OrderEvents].[ActorId], [dbo].[OrderEvents].[At], [dbo].[OrderEvents].[Reason])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/orders.addItems
INSERT INTO [dbo].[OrderItems] ([dbo].[OrderItems].[OrderId], [dbo].[OrderItems].[ListingId], [dbo].[OrderItems].[Title],
  [dbo].[OrderItems].[Category], [dbo].[OrderItems].[UnitPriceE8], [dbo].[OrderItems].[Quantity], [dbo].[OrderItems].[Stock])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/passkeys.createChallenge
INSERT INTO [dbo].[PasskeyChallenges] ([dbo].[PasskeyChallenges].[ChallengeHash], [dbo].[PasskeyChallenges].[Purpose],
  [dbo].[PasskeyChallenges].[SessionId], [dbo].[PasskeyChallenges].[CreatedAt], [dbo].[PasskeyChallenges].[ExpiresAt])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/payments.begin
INSERT INTO [dbo].[Payments] ([dbo].[Payments].[OrderId], [dbo].[Payments].[Provider], [dbo].[Payments].[Reference],
  [dbo].[Payments].[AmountE8], [dbo].[Payments].[Currency], [dbo].[Payments].[Status], [dbo].[Payments].[CreatedAt],
  [dbo].[Payments].[UpdatedAt], [dbo].[Payments].[Attempt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9)
GO
-- repositories/payments.begin
INSERT INTO [dbo].[Payments] ([dbo].[Payments].[OrderId], [dbo].[Payments].[Provider], [dbo].[Payments].[Reference],
  [dbo].[Payments].[AmountE8], [dbo].[Payments].[Currency], [dbo].[Payments].[Status], [dbo].[Payments].[CreatedAt],
  [dbo].[Payments].[UpdatedAt], [dbo].[Payments].[Attempt], [dbo].[Payments].[RefundedE8], [dbo].[Payments].[RefundPendingE8],
  [dbo].[Payments].[BegunAt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12)
GO
-- repositories/ratings.addHelpfulVote
INSERT INTO [dbo].[RatingHelpfulVotes] ([dbo].[RatingHelpfulVotes].[RatingId], [dbo].[RatingHelpfulVotes].[UserId],
  [dbo].[RatingHelpfulVotes].[CreatedAt])
VALUES (@P1, @P2, @P3)
GO
-- repositories/second-factor.replaceRecoveryCodes
INSERT INTO [dbo].[RecoveryCodes] ([dbo].[RecoveryCodes].[UserId], [dbo].[RecoveryCodes].[Number],
  [dbo].[RecoveryCodes].[CodeHash])
VALUES (@P1, @P2, @P3)
GO
-- repositories/metrics.saveSamples
INSERT INTO [dbo].[RequestSamples] ([dbo].[RequestSamples].[At], [dbo].[RequestSamples].[Endpoint],
  [dbo].[RequestSamples].[Requests], [dbo].[RequestSamples].[Errors], [dbo].[RequestSamples].[To25],
  [dbo].[RequestSamples].[To50], [dbo].[RequestSamples].[To100], [dbo].[RequestSamples].[To250], [dbo].[RequestSamples].[To500],
  [dbo].[RequestSamples].[To1000], [dbo].[RequestSamples].[To2500], [dbo].[RequestSamples].[Longer],
  [dbo].[RequestSamples].[Hourly])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10, @P11, @P12, @P13)
GO
-- repositories/onboarding.save
INSERT INTO [dbo].[SellerOnboarding] ([dbo].[SellerOnboarding].[UserId], [dbo].[SellerOnboarding].[CurrentStep],
  [dbo].[SellerOnboarding].[Skipped], [dbo].[SellerOnboarding].[CompletedAt], [dbo].[SellerOnboarding].[UpdatedAt])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/payout-details.save
INSERT INTO [dbo].[SellerPayoutDetails] ([dbo].[SellerPayoutDetails].[UserId], [dbo].[SellerPayoutDetails].[Method],
  [dbo].[SellerPayoutDetails].[Sealed], [dbo].[SellerPayoutDetails].[KeyId], [dbo].[SellerPayoutDetails].[Masked],
  [dbo].[SellerPayoutDetails].[Currency], [dbo].[SellerPayoutDetails].[Version], [dbo].[SellerPayoutDetails].[CreatedAt],
  [dbo].[SellerPayoutDetails].[UpdatedAt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9)
GO
-- repositories/sellers.open
INSERT INTO [dbo].[SellerProfiles] ([dbo].[SellerProfiles].[UserId], [dbo].[SellerProfiles].[TierId],
  [dbo].[SellerProfiles].[ShowContactEmail], [dbo].[SellerProfiles].[CreatedAt], [dbo].[SellerProfiles].[UpdatedAt])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/fees.saveTaxDetails
INSERT INTO [dbo].[SellerTaxDetails] ([dbo].[SellerTaxDetails].[UserId], [dbo].[SellerTaxDetails].[Name],
  [dbo].[SellerTaxDetails].[Address], [dbo].[SellerTaxDetails].[Country], [dbo].[SellerTaxDetails].[VatNumber],
  [dbo].[SellerTaxDetails].[UpdatedAt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/accounts.createSession
INSERT INTO [dbo].[Sessions] ([dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash],
  [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt], [dbo].[Sessions].[ExpiresAt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/accounts.createSession
INSERT INTO [dbo].[Sessions] ([dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash],
  [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt], [dbo].[Sessions].[ExpiresAt],
  [dbo].[Sessions].[SecondFactor])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/accounts, repositories/accounts.create, repositories/accounts.grantRole
INSERT INTO [dbo].[UserRoles] ([dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role], [dbo].[UserRoles].[GrantedAt])
VALUES (@P1, @P2, @P3)
GO
-- repositories/wallets.createNonce
INSERT INTO [dbo].[WalletNonces] ([dbo].[WalletNonces].[NonceHash], [dbo].[WalletNonces].[Purpose],
  [dbo].[WalletNonces].[SessionId], [dbo].[WalletNonces].[CreatedAt], [dbo].[WalletNonces].[ExpiresAt])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/wallets.link
INSERT INTO [dbo].[Wallets] ([dbo].[Wallets].[Address], [dbo].[Wallets].[UserId], [dbo].[Wallets].[ChainId],
  [dbo].[Wallets].[LinkedAt])
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/privacy/section.read
SELECT (SELECT f.Currency FROM OrderFees f WHERE f.OrderId = t.OrderId) AS currency, t.RuleId AS ruleId,
  CAST(t.BaseMinor AS VARCHAR(20)) AS baseMinor, t.BasisPoints AS basisPoints, CAST(t.FixedMinor AS VARCHAR(20)) AS fixedMinor,
  CAST(t.MinimumMinor AS VARCHAR(20)) AS minimumMinor, CAST(t.CommissionMinor AS VARCHAR(20)) AS commissionMinor,
  t.OrderId AS belongsTo
FROM OrderFeeLines t
WHERE t.OrderId IN (@P1)
ORDER BY t.OrderId, t.Line
GO
-- repositories/privacy/section.read
SELECT (SELECT i.Currency FROM Invoices i WHERE i.Id = t.InvoiceId) AS currency, t.Text AS text, t.Quantity AS quantity,
  CAST(t.AmountMinor AS VARCHAR(20)) AS amountMinor, t.InvoiceId AS belongsTo
FROM InvoiceLines t
WHERE t.InvoiceId IN (@P1)
ORDER BY t.InvoiceId, t.Line
GO
-- repositories/ledger-checks.wrongPayments
SELECT *
FROM (SELECT o.Id AS id, CASE WHEN p.Status IS NULL OR p.Status IN ('pending', 'unresolved',
  'failed') THEN CASE WHEN l.Captured <> 0 THEN 'unexplained-payment' END WHEN l.Captured IS NULL
  OR l.Captured = 0 THEN 'missing-payment' WHEN l.Currency <> p.Currency
  OR ABS(p.AmountE8 - l.Captured * CASE WHEN p.Currency IN ('JPY', 'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'KMF', 'KRW', 'PYG', 'RWF',
  'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 100000000 WHEN p.Currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR',
  'TND') THEN 100000 WHEN p.Currency IN ('USDC', 'USDT') THEN 100 WHEN p.Currency IN ('BTC', 'ETH',
  'DAI') THEN 1 ELSE 1000000 END) * 2 > CASE WHEN p.Currency IN ('JPY', 'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'KMF', 'KRW', 'PYG',
  'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 100000000 WHEN p.Currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR',
  'TND') THEN 100000 WHEN p.Currency IN ('USDC', 'USDT') THEN 100 WHEN p.Currency IN ('BTC', 'ETH',
  'DAI') THEN 1 ELSE 1000000 END THEN 'payment-amount' WHEN ABS((CASE WHEN p.Status = 'refunded' THEN p.AmountE8 ELSE p.RefundedE8
  END) - l.Settled * CASE WHEN p.Currency IN ('JPY', 'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND',
  'VUV', 'XAF', 'XOF', 'XPF') THEN 100000000 WHEN p.Currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR',
  'TND') THEN 100000 WHEN p.Currency IN ('USDC', 'USDT') THEN 100 WHEN p.Currency IN ('BTC', 'ETH',
  'DAI') THEN 1 ELSE 1000000 END) >= CASE WHEN p.Currency IN ('JPY', 'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'KMF', 'KRW', 'PYG',
  'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 100000000 WHEN p.Currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR',
  'TND') THEN 100000 WHEN p.Currency IN ('USDC', 'USDT') THEN 100 WHEN p.Currency IN ('BTC', 'ETH', 'DAI') THEN 1 ELSE 1000000 END
  OR ABS((CASE WHEN p.Status IN ('refunding',
  'refunded') THEN p.AmountE8 ELSE p.RefundedE8 + p.RefundPendingE8 END) - l.Refunded * CASE WHEN p.Currency IN ('JPY', 'BIF',
  'CLP', 'DJF', 'GNF', 'ISK', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF',
  'XPF') THEN 100000000 WHEN p.Currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR',
  'TND') THEN 100000 WHEN p.Currency IN ('USDC', 'USDT') THEN 100 WHEN p.Currency IN ('BTC', 'ETH',
  'DAI') THEN 1 ELSE 1000000 END) >= CASE WHEN p.Currency IN ('JPY', 'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'KMF', 'KRW', 'PYG',
  'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 100000000 WHEN p.Currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR',
  'TND') THEN 100000 WHEN p.Currency IN ('USDC', 'USDT') THEN 100 WHEN p.Currency IN ('BTC', 'ETH',
  'DAI') THEN 1 ELSE 1000000 END THEN 'refund-amount' WHEN o.Status = 'completed' AND l.Held <> 0 THEN 'unreleased' END AS fault,
  o.SellerId AS sellerId, p.Status AS status, COALESCE(p.Currency, o.Currency) AS currency, CAST(COALESCE(p.AmountE8,
  0) AS VARCHAR(20)) AS amountE8, CAST(COALESCE(l.Captured, 0) AS VARCHAR(20)) AS captured, CAST(COALESCE(l.Refunded,
  0) AS VARCHAR(20)) AS refunded, CAST(COALESCE(l.Settled, 0) AS VARCHAR(20)) AS settled, CAST(COALESCE(l.Held,
  0) AS VARCHAR(20)) AS held, CAST((CASE WHEN p.Status IN ('refunding',
  'refunded') THEN p.AmountE8 ELSE p.RefundedE8 + p.RefundPendingE8 END) AS VARCHAR(20)) AS expectedBegun,
  CAST((CASE WHEN p.Status = 'refunded' THEN p.AmountE8 ELSE p.RefundedE8 END) AS VARCHAR(20)) AS expectedSettled FROM Orders o
  LEFT JOIN Payments p ON p.OrderId = o.Id LEFT JOIN (SELECT e.OrderId, MAX(e.Currency) AS Currency,
  SUM(CASE WHEN e.Kind = 'payment' AND x.Account = 'clearing' THEN x.AmountMinor ELSE 0 END) AS Captured,
  SUM(CASE WHEN e.Kind IN ('refund', 'refund-failed') AND x.Account = 'refunds' THEN -x.AmountMinor ELSE 0 END) AS Refunded,
  SUM(CASE WHEN e.Kind = 'refund-settled' AND x.Account = 'refunds' THEN x.AmountMinor ELSE 0 END) AS Settled,
  SUM(CASE WHEN x.Account = 'held' THEN -x.AmountMinor ELSE 0 END) AS Held FROM LedgerEntries e JOIN LedgerPostings x ON x.EntryId
  = e.Id WHERE e.OrderId > @P1 AND e.OrderId <= @P2 GROUP BY e.OrderId) l ON l.OrderId = o.Id WHERE o.Id > @P3 AND o.Id <= @P4) y
WHERE y.fault IS NOT NULL
ORDER BY y.id
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P4 AND SettledAt IS NULL
  AND DueAt <= @P5 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY) d
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P4 AND SettledAt IS NULL
  AND DueAt <= @P5 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P7 AND SettledAt IS NULL
  AND DueAt <= @P8 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P10 AND SettledAt IS NULL
  AND DueAt <= @P11 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P13 AND SettledAt IS NULL
  AND DueAt <= @P14 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P15 ROWS ONLY) d
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P4 AND SettledAt IS NULL
  AND DueAt <= @P5 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P7 AND SettledAt IS NULL
  AND DueAt <= @P8 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P10 AND SettledAt IS NULL
  AND DueAt <= @P11 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P13 AND SettledAt IS NULL
  AND DueAt <= @P14 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P15 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P16 AND SettledAt IS NULL
  AND DueAt <= @P17 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P18 ROWS ONLY) d
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P4 AND SettledAt IS NULL
  AND DueAt <= @P5 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P7 AND SettledAt IS NULL
  AND DueAt <= @P8 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P10 AND SettledAt IS NULL
  AND DueAt <= @P11 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P13 AND SettledAt IS NULL
  AND DueAt <= @P14 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P15 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P16 AND SettledAt IS NULL
  AND DueAt <= @P17 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P18 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P19 AND SettledAt IS NULL
  AND DueAt <= @P20 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P21 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P22 AND SettledAt IS NULL
  AND DueAt <= @P23 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P24 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P25 AND SettledAt IS NULL
  AND DueAt <= @P26 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P27 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P28 AND SettledAt IS NULL
  AND DueAt <= @P29 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P30 ROWS ONLY) d
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P4 AND SettledAt IS NULL
  AND DueAt <= @P5 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P7 AND SettledAt IS NULL
  AND DueAt <= @P8 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P10 AND SettledAt IS NULL
  AND DueAt <= @P11 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P13 AND SettledAt IS NULL
  AND DueAt <= @P14 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P15 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P16 AND SettledAt IS NULL
  AND DueAt <= @P17 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P18 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P19 AND SettledAt IS NULL
  AND DueAt <= @P20 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P21 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P22 AND SettledAt IS NULL
  AND DueAt <= @P23 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P24 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P25 AND SettledAt IS NULL
  AND DueAt <= @P26 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P27 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P28 AND SettledAt IS NULL
  AND DueAt <= @P29 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P30 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P31 AND SettledAt IS NULL
  AND DueAt <= @P32 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P33 ROWS ONLY) d
GO
-- repositories/tasks.claim
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P1 AND SettledAt IS NULL
  AND DueAt <= @P2 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P4 AND SettledAt IS NULL
  AND DueAt <= @P5 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P7 AND SettledAt IS NULL
  AND DueAt <= @P8 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P10 AND SettledAt IS NULL
  AND DueAt <= @P11 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P13 AND SettledAt IS NULL
  AND DueAt <= @P14 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P15 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P16 AND SettledAt IS NULL
  AND DueAt <= @P17 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P18 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P19 AND SettledAt IS NULL
  AND DueAt <= @P20 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P21 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P22 AND SettledAt IS NULL
  AND DueAt <= @P23 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P24 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P25 AND SettledAt IS NULL
  AND DueAt <= @P26 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P27 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P28 AND SettledAt IS NULL
  AND DueAt <= @P29 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P30 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P31 AND SettledAt IS NULL
  AND DueAt <= @P32 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P33 ROWS ONLY) d
UNION ALL
SELECT *
FROM (SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt FROM Tasks t WITH (READPAST) WHERE t.Name = @P34 AND SettledAt IS NULL
  AND DueAt <= @P35 ORDER BY t.DueAt, t.Id OFFSET 0 ROWS FETCH NEXT @P36 ROWS ONLY) d
GO
-- repositories/onboarding.done
SELECT CASE WHEN EXISTS (SELECT 1 FROM Wallets w WHERE w.UserId = u.Id) THEN 1 ELSE 0 END AS wallet,
  CASE WHEN EXISTS (SELECT 1 FROM SellerProfiles p WHERE p.UserId = u.Id) THEN 1 ELSE 0 END AS profile,
  CASE WHEN EXISTS (SELECT 1 FROM ImageUses i JOIN Images m ON m.Id = i.ImageId WHERE i.Purpose = 'profile' AND i.SubjectId = u.Id
  AND m.Status <> 'failed' AND m.DeletedAt IS NULL) THEN 1 ELSE 0 END AS image, CASE WHEN u.EmailVerifiedAt IS NOT NULL
  OR EXISTS (SELECT 1 FROM SellerVerifications v WHERE v.UserId = u.Id AND v.Status IN ('submitted',
  'approved')) THEN 1 ELSE 0 END AS verification,
  CASE WHEN EXISTS (SELECT 1 FROM SellerPayoutDetails d WHERE d.UserId = u.Id) THEN 1 ELSE 0 END AS payout,
  CASE WHEN EXISTS (SELECT 1 FROM SellerListings l WHERE l.SellerId = u.Id) THEN 1 ELSE 0 END AS listing
FROM Users u
WHERE u.Id = @P1
GO
-- repositories/verifications.verifiedOf
SELECT CASE WHEN u.EmailVerifiedAt IS NOT NULL THEN 1 ELSE 0 END AS email,
  CASE WHEN EXISTS (SELECT 1 FROM Wallets w WHERE w.UserId = u.Id) THEN 1 ELSE 0 END AS wallet,
  CASE WHEN EXISTS (SELECT 1 FROM SellerVerifications v WHERE v.UserId = u.Id
  AND v.Status = 'approved') THEN 1 ELSE 0 END AS documents
FROM Users u
WHERE u.Id = @P1
GO
-- repositories/payouts.claimLines
SELECT CAST(COALESCE(SUM(-p.AmountMinor), 0) AS VARCHAR(20)) AS amount,
  CASE WHEN MAX(CASE WHEN e.IsTest = 1 THEN 1 ELSE 0 END) = 1 THEN 1 ELSE 0 END AS isTest
FROM PayoutLines l
JOIN LedgerPostings p ON p.EntryId = l.EntryId AND p.Line = l.Line
JOIN LedgerEntries e ON e.Id = l.EntryId
WHERE l.PayoutId = @P1
GO
-- repositories/metrics.one
SELECT CAST(COALESCE(SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END), 0) AS INT) AS s1,
  CAST(COALESCE(SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END), 0) AS INT) AS s2,
  CAST(COALESCE(SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END), 0) AS INT) AS s3,
  CAST(COALESCE(SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END), 0) AS INT) AS s4,
  CAST(COALESCE(SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END), 0) AS INT) AS s5
FROM SellerRatings r
WHERE r.CreatedAt >= @P1
GO
-- repositories/metrics.one
SELECT CAST(COALESCE(SUM(u.Stars1), 0) AS INT) AS s1, CAST(COALESCE(SUM(u.Stars2), 0) AS INT) AS s2, CAST(COALESCE(SUM(u.Stars3),
  0) AS INT) AS s3, CAST(COALESCE(SUM(u.Stars4), 0) AS INT) AS s4, CAST(COALESCE(SUM(u.Stars5), 0) AS INT) AS s5,
  CAST(COUNT(*) AS INT) AS users, CAST(COALESCE(SUM(CASE WHEN u.TotalRatings > 0 THEN 1 ELSE 0 END), 0) AS INT) AS sellers
FROM Users u
GO
-- repositories/aggregates.remaining
SELECT CAST(COUNT(*) AS INT) AS accounts
FROM Users u
WHERE u.Id > @P1
GO
-- repositories/metrics.one
SELECT CAST(COUNT(*) AS INT) AS answers, CAST(COALESCE(SUM(f.Score), 0) AS INT) AS sum
FROM FeatureFeedback f
WHERE f.At >= @P1
GO
-- repositories/images.usage
SELECT CAST(COUNT(*) AS INT) AS images, COALESCE(SUM(CAST(i.Bytes AS FLOAT)), 0) AS bytes,
  COALESCE(SUM(CASE WHEN i.Status IN ('receiving', 'uploaded', 'processing') THEN 1 ELSE 0 END), 0) AS waiting
FROM Images i
WHERE i.OwnerId = @P1 AND i.DeletedAt IS NULL AND i.Status <> 'failed'
GO
-- engine/rows.readCount
SELECT CAST(COUNT(*) AS INT) AS n
FROM (SELECT TOP (@P1) l.Id FROM SellerListings l WHERE l.Status = 'active' AND l.Currency = @P2 AND l.PriceE8 >= @P3
  AND l.SearchText LIKE @P4) t
GO
-- engine/listing-search-sqlserver.countRows, engine/rows.readCount
SELECT CAST(COUNT(*) AS INT) AS n
FROM (SELECT TOP (@P1) l.Id FROM SellerListings l WHERE l.Status = 'active' AND l.SearchText LIKE @P2) t
GO
-- engine/rows.readCount
SELECT CAST(COUNT(*) AS INT) AS n
FROM (SELECT TOP (@P1) l.Id FROM SellerListings l WHERE l.Status = 'active') t
GO
-- repositories/privacy/index.remaining
SELECT CAST(COUNT(*) AS INT) AS n
FROM Images i
WHERE i.OwnerId = @P1
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
JOIN Payments p ON p.OrderId = o.Id
WHERE (o.BuyerId = @P1 OR o.SellerId = @P2) AND (p.Status IN ('pending', 'unresolved', 'refunding') OR p.RefundPendingE8 > 0)
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
JOIN Payments p ON p.OrderId = o.Id
WHERE (o.BuyerId = @P1 OR o.SellerId = @P2) AND p.Status IN ('pending', 'refunding')
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
WHERE o.BuyerId = @P1 AND o.Status IN ('placed', 'paid', 'shipped')
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
WHERE o.BuyerId = @P1 AND o.Status IN ('placed', 'paying', 'paid', 'shipped', 'delivered')
GO
-- repositories/orders.countSales
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
WHERE o.SellerId = @P1 AND o.Status = @P2
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
WHERE o.SellerId = @P1 AND o.Status IN ('placed', 'paid', 'shipped')
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM Orders o
WHERE o.SellerId = @P1 AND o.Status IN ('placed', 'paying', 'paid', 'shipped', 'delivered')
GO
-- repositories/privacy/index.obstacles
SELECT CAST(COUNT(*) AS INT) AS n
FROM RatingAppeals a
WHERE a.AppellantId = @P1 AND a.Status = 'open'
GO
-- repositories/moderation.countOpen
SELECT CAST(COUNT(*) AS INT) AS n
FROM RatingAppeals a
WHERE a.Status = 'open'
GO
-- repositories/invalidations.countPending
SELECT CAST(COUNT(*) AS INT) AS n
FROM SellerCacheInvalidations i
WHERE i.CompletedAt IS NULL
GO
-- repositories/metrics.countRatings
SELECT CAST(COUNT(*) AS INT) AS n
FROM SellerRatings r
WHERE r.CreatedAt >= @P1 AND r.CreatedAt < @P2
GO
-- repositories/insights.countUnanswered
SELECT CAST(COUNT(*) AS INT) AS n
FROM SellerRatings r
WHERE r.SellerId = @P1 AND r.Comment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM RatingReplies y WHERE y.RatingId = r.Id)
GO
-- repositories/verifications.countDocuments
SELECT CAST(COUNT(*) AS INT) AS n
FROM SellerVerificationFiles d
WHERE d.VerificationId = @P1 AND d.RemovedAt IS NULL AND (d.StoredAt IS NOT NULL OR d.CreatedAt > @P2)
GO
-- repositories/verifications.countWaiting
SELECT CAST(COUNT(*) AS INT) AS n
FROM SellerVerifications v
WHERE v.Status = 'submitted'
GO
-- repositories/privacy/index.remaining
SELECT CAST(COUNT(*) AS INT) AS n
FROM SellerVerifications v
WHERE v.UserId = @P1
GO
-- repositories/stores.countFollowers
SELECT CAST(COUNT(*) AS INT) AS n
FROM StoreFollows f
WHERE f.SellerId = @P1
GO
-- repositories/stores.isFollowing
SELECT CAST(COUNT(*) AS INT) AS n
FROM StoreFollows f
WHERE f.SellerId = @P1 AND f.UserId = @P2
GO
-- repositories/stores.countFollowing
SELECT CAST(COUNT(*) AS INT) AS n
FROM StoreFollows f
WHERE f.UserId = @P1
GO
-- repositories/moderation.countOpen
SELECT CAST(COUNT(*) AS INT) AS n
FROM StruckRatings
GO
-- repositories/tasks.figures
SELECT CAST(COUNT(*) AS INT) AS n
FROM Tasks t
WHERE t.Status = 'dead'
GO
-- repositories/privacy/index.isLastAdmin
SELECT CAST(COUNT(*) AS INT) AS n
FROM UserRoles r
JOIN Users u ON u.Id = r.UserId
WHERE r.Role = 'admin' AND r.UserId <> @P1 AND u.DisabledAt IS NULL
GO
-- repositories/privacy/index.isLastAdmin
SELECT CAST(COUNT(*) AS INT) AS n
FROM UserRoles r
WHERE r.Role = 'admin' AND r.UserId = @P1
GO
-- repositories/sellers.count
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
GO
-- repositories/sellers.count
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
WHERE EXISTS (SELECT 1 FROM SellerListings c WHERE c.SellerId = u.Id AND c.Status = 'active' AND (c.Category = @P1
  OR c.Category LIKE @P2 ESCAPE '\'))
GO
-- repositories/sellers.count
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
WHERE u.SearchName LIKE @P1 ESCAPE '\'
GO
-- repositories/sellers.count
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
WHERE u.TotalRatings >= @P1
GO
-- repositories/payouts.hasUnresolved
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
WHERE u.Id = @P1 AND (EXISTS (SELECT 1 FROM Payouts p WHERE p.Status = 'unresolved' AND p.SellerId = u.Id)
  OR EXISTS (SELECT 1 FROM Payments m JOIN Orders o ON o.Id = m.OrderId WHERE m.Status = 'unresolved' AND o.SellerId = u.Id)
  OR EXISTS (SELECT 1 FROM Refunds r JOIN Orders o ON o.Id = r.OrderId WHERE r.Status = 'unresolved' AND o.SellerId = u.Id))
GO
-- repositories/aggregates.remaining
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
WHERE u.Id > @P1
GO
-- repositories/metrics.countRatedSellers
SELECT CAST(COUNT(*) AS INT) AS n
FROM Users u
WHERE u.RatingLowerBound IS NOT NULL
GO
-- engine/listing-search-sqlserver.hasFullText, engine/rows.readCount
SELECT CAST(COUNT(*) AS INT) AS n
FROM sys.fulltext_indexes i
WHERE i.object_id = OBJECT_ID('SellerListings')
GO
-- engine/listing-search-sqlserver.countIn
SELECT CAST(COUNT(*) AS INT) AS n, SUM(CASE WHEN (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') THEN 1 ELSE 0 END) AS c0
FROM SellerListings l
WHERE l.Status = 'active' AND l.Currency = @P3 AND l.PriceE8 >= @P4 AND l.SearchText LIKE @P5
GO
-- engine/listing-search-sqlserver.countIn
SELECT CAST(COUNT(*) AS INT) AS n, SUM(CASE WHEN (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') THEN 1 ELSE 0 END) AS c0
FROM SellerListings l
WHERE l.Status = 'active' AND l.EscrowEnabled = 1 AND l.SellerId = @P3
GO
-- engine/listing-search-sqlserver.countIn
SELECT CAST(COUNT(*) AS INT) AS n, SUM(CASE WHEN (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') THEN 1 ELSE 0 END) AS c0
FROM SellerListings l
WHERE l.Status = 'active' AND l.SearchText LIKE @P3
GO
-- engine/listing-search-sqlserver.countIn
SELECT CAST(COUNT(*) AS INT) AS n, SUM(CASE WHEN (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') THEN 1 ELSE 0 END) AS c0
FROM SellerListings l
WHERE l.Status = 'active' AND l.SellerId = @P3 AND l.SearchText LIKE @P4
GO
-- repositories/tasks.figures
SELECT CAST(COUNT(*) AS INT) AS waiting, MIN(CASE WHEN t.DueAt <= @P1 THEN t.DueAt END) AS oldestDueAt
FROM Tasks t
WHERE t.SettledAt IS NULL
GO
-- repositories/metrics.count
SELECT CAST(COUNT(DISTINCT o.BuyerId) AS INT) AS n
FROM Orders o
WHERE o.Status = 'completed' AND o.CompletedAt >= @P1
GO
-- repositories/metrics.count
SELECT CAST(COUNT(DISTINCT o.BuyerId) AS INT) AS n
FROM Orders o
WHERE o.Status = 'completed' AND o.CompletedAt >= @P1 AND EXISTS (SELECT 1 FROM SellerRatings r WHERE r.RaterId = o.BuyerId
  AND r.SellerId = o.SellerId)
GO
-- repositories/metrics.count
SELECT CAST(COUNT(DISTINCT o.SellerId) AS INT) AS n
FROM Orders o
WHERE o.Status = 'completed' AND o.CompletedAt >= @P1
GO
-- repositories/metrics.count
SELECT CAST(COUNT(DISTINCT o.SellerId) AS INT) AS n
FROM Orders o
WHERE o.Status = 'completed' AND o.CompletedAt >= @P1 AND EXISTS (SELECT 1 FROM Users u WHERE u.Id = o.SellerId
  AND u.TotalRatings >= @P2)
GO
-- repositories/moderation.countOpen
SELECT CAST(COUNT(DISTINCT p.RatingId) AS INT) AS n
FROM RatingReports p
JOIN SellerRatings r ON r.Id = p.RatingId
WHERE p.DecisionId IS NULL
GO
-- repositories/metrics.count
SELECT CAST(COUNT(DISTINCT r.RaterId) AS INT) AS n
FROM SellerRatings r
GO
-- repositories/metrics.count
SELECT CAST(COUNT(DISTINCT r.RaterId) AS INT) AS n
FROM SellerRatings r
WHERE r.CreatedAt >= @P1
GO
-- repositories/basket.count
SELECT CAST(SUM(b.Quantity) AS INT) AS n
FROM BasketItems b
WHERE b.UserId = @P1
GO
-- repositories/privacy/section.read
SELECT CAST(t.AmountE8 AS VARCHAR(20)) AS amountE8, t.Currency AS currency, t.Provider AS provider, t.Status AS status,
  t.CreatedAt AS createdAt, t.OrderId AS belongsTo
FROM Payments t
WHERE t.OrderId IN (@P1)
ORDER BY t.OrderId, t.OrderId
GO
-- repositories/records.lastId
SELECT COALESCE(MAX(e.Id), 0) AS id
FROM OutboxEvents e
GO
-- repositories/privacy/section.read
SELECT CONCAT(t.Source, ':', t.ExternalId) AS id, t.Source AS source, t.ExternalId AS externalId
FROM ExternalAccounts t
WHERE t.UserId = @P1
ORDER BY CONCAT(t.Source, ':', t.ExternalId)
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/maintenance.lease
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[JobLeases].[Name] FROM [dbo].[JobLeases] WHERE [dbo].[JobLeases].[Name] = @P1) AS [sub]
GO
-- repositories/sellers.completedSales
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Orders].[Id] FROM [dbo].[Orders] WHERE ([dbo].[Orders].[SellerId] = @P1
  AND [dbo].[Orders].[Status] = @P2)) AS [sub]
GO
-- repositories/payouts.ensureSettings
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[PayoutSettings].[SellerId] FROM [dbo].[PayoutSettings] WHERE [dbo].[PayoutSettings].[SellerId] = @P1) AS [sub]
GO
-- repositories/second-factor.countRecoveryCodes
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[RecoveryCodes].[UserId],
  [dbo].[RecoveryCodes].[Number] FROM [dbo].[RecoveryCodes] WHERE ([dbo].[RecoveryCodes].[UserId] = @P1
  AND [dbo].[RecoveryCodes].[UsedAt] IS NULL)) AS [sub]
GO
-- repositories/sellers.open
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[SellerProfiles].[UserId] FROM [dbo].[SellerProfiles] WHERE [dbo].[SellerProfiles].[UserId] = @P1) AS [sub]
GO
-- repositories/tasks.isRunning
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Tasks].[Id] FROM [dbo].[Tasks] WHERE ([dbo].[Tasks].[TaskKey] = @P1
  AND [dbo].[Tasks].[Status] = @P2)) AS [sub]
GO
-- repositories/tasks.add
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Tasks].[Id] FROM [dbo].[Tasks] WHERE [dbo].[Tasks].[TaskKey] = @P1) AS [sub]
GO
-- repositories/accounts.grantRole
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role] FROM [dbo].[UserRoles] WHERE ([dbo].[UserRoles].[UserId] = @P1
  AND [dbo].[UserRoles].[Role] = @P2)) AS [sub]
GO
-- repositories/verifications.verifyEmail
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Users].[Id] FROM [dbo].[Users] WHERE ([dbo].[Users].[Email] = @P1 AND [dbo].[Users].[Id] <> @P2
  AND [dbo].[Users].[EmailVerifiedAt] IS NOT NULL)) AS [sub]
GO
-- repositories/accounts.count
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Users].[Id] FROM [dbo].[Users] WHERE ([dbo].[Users].[Email] LIKE CONCAT('%', @P1)
  AND ([dbo].[Users].[PasswordHash] IS NOT NULL
  OR EXISTS(SELECT [t0].[UserId] FROM [dbo].[Sessions] AS [t0] WHERE ([t0].[RevokedAt] IS NULL AND [t0].[ExpiresAt] > @P2
  AND (([dbo].[Users].[Id] = [t0].[UserId])) AND [t0].[UserId] IS NOT NULL))
  OR EXISTS(SELECT [t1].[UserId] FROM [dbo].[Wallets] AS [t1] WHERE (1=1 AND (([dbo].[Users].[Id] = [t1].[UserId]))
  AND [t1].[UserId] IS NOT NULL)) OR EXISTS(SELECT [t2].[UserId] FROM [dbo].[UserRoles] AS [t2] WHERE ([t2].[Role] IN (@P3)
  AND (([dbo].[Users].[Id] = [t2].[UserId])) AND [t2].[UserId] IS NOT NULL))
  OR EXISTS(SELECT [t3].[UserId] FROM [dbo].[Passkeys] AS [t3] WHERE (1=1 AND (([dbo].[Users].[Id] = [t3].[UserId]))
  AND [t3].[UserId] IS NOT NULL))))) AS [sub]
GO
-- repositories/accounts.count
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Users].[Id] FROM [dbo].[Users] WHERE ([dbo].[Users].[Email] LIKE CONCAT('%', @P1)
  AND EXISTS(SELECT [t0].[UserId] FROM [dbo].[Sessions] AS [t0] WHERE ([t0].[RevokedAt] IS NULL AND [t0].[ExpiresAt] > @P2
  AND (([dbo].[Users].[Id] = [t0].[UserId])) AND [t0].[UserId] IS NOT NULL)))) AS [sub]
GO
-- repositories/accounts.count
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Users].[Id] FROM [dbo].[Users] WHERE ([dbo].[Users].[Email] LIKE CONCAT('%', @P1)
  AND EXISTS(SELECT [t0].[UserId] FROM [dbo].[UserRoles] AS [t0] WHERE ([t0].[Role] IN (@P2)
  AND (([dbo].[Users].[Id] = [t0].[UserId])) AND [t0].[UserId] IS NOT NULL)))) AS [sub]
GO
-- repositories/accounts.count
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Users].[Id] FROM [dbo].[Users] WHERE ([dbo].[Users].[Email] LIKE CONCAT('%', @P1)
  AND EXISTS(SELECT [t0].[UserId] FROM [dbo].[Wallets] AS [t0] WHERE (1=1 AND (([dbo].[Users].[Id] = [t0].[UserId]))
  AND [t0].[UserId] IS NOT NULL)))) AS [sub]
GO
-- repositories/accounts.count
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[Users].[Id] FROM [dbo].[Users] WHERE ([dbo].[Users].[Email] LIKE CONCAT('%', @P1)
  AND [dbo].[Users].[PasswordHash] IS NOT NULL)) AS [sub]
GO
-- repositories/metrics.ratingsPerHour
SELECT DATEDIFF(HOUR, '1970-01-01', r.CreatedAt) AS hour, CAST(COUNT(*) AS INT) AS ratings
FROM SellerRatings r
WHERE r.CreatedAt >= @P1
GROUP BY DATEDIFF(HOUR, '1970-01-01', r.CreatedAt)
GO
-- repositories/moderation.ratingsWhere
SELECT DISTINCT c.RatingId AS id
FROM RatingDecisions c
JOIN RatingAppeals a ON a.DecisionId = c.Id
WHERE c.DecidedBy = @P1 AND (a.Status = 'open' OR (SELECT COUNT(*) FROM RatingDecisions n WHERE n.RatingId = c.RatingId
  AND n.Id > c.Id) = 1) AND c.RatingId IN (@P2)
GO
-- repositories/moderation.ratingsWhere
SELECT DISTINCT c.RatingId AS id
FROM RatingReports c
WHERE c.ReporterId = @P1 AND c.RatingId IN (@P2)
GO
-- repositories/privacy/erasure.idsOf
SELECT DISTINCT o.ListingId AS id
FROM Orders o
WHERE o.ListingId IN (@P1)
GO
-- repositories/imports.openRun
SELECT Id AS id, Source AS source, LinesDone AS linesDone, Imported AS imported, Rejected AS rejected,
  CASE WHEN FinishedAt IS NULL THEN 0 ELSE 1 END AS finished
FROM ImportRuns
WHERE Fingerprint = @P1
GO
-- repositories/aggregates.nextStretch
SELECT MAX(b.Id) AS upTo, CAST(COUNT(*) AS INT) AS accounts
FROM (SELECT u.Id FROM Users u WHERE u.Id > @P1 ORDER BY u.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY) b
GO
-- repositories/ledger-checks.nextRange
SELECT MAX(x.Id) AS upTo, CAST(COUNT(*) AS INT) AS n
FROM (SELECT DISTINCT t.SellerId AS Id FROM LedgerBalances t WHERE t.SellerId > @P1 ORDER BY Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS
  ONLY) x
GO
-- repositories/ledger-checks.nextRange
SELECT MAX(x.Id) AS upTo, CAST(COUNT(*) AS INT) AS n
FROM (SELECT t.Id FROM LedgerEntries t WHERE t.Id > @P1 ORDER BY Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY) x
GO
-- repositories/ledger-checks.nextRange
SELECT MAX(x.Id) AS upTo, CAST(COUNT(*) AS INT) AS n
FROM (SELECT t.OrderId AS Id FROM Payments t WHERE t.OrderId > @P1 ORDER BY Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY) x
GO
-- repositories/second-factor.findApp
SELECT [dbo].[AuthenticatorApps].[UserId], [dbo].[AuthenticatorApps].[Sealed], [dbo].[AuthenticatorApps].[KeyId],
  [dbo].[AuthenticatorApps].[SessionId], [dbo].[AuthenticatorApps].[CreatedAt], [dbo].[AuthenticatorApps].[EnabledAt],
  [dbo].[AuthenticatorApps].[LastStep]
FROM [dbo].[AuthenticatorApps]
WHERE ([dbo].[AuthenticatorApps].[UserId] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/second-factor.sealedByOthers
SELECT [dbo].[AuthenticatorApps].[UserId], [dbo].[AuthenticatorApps].[Sealed], [dbo].[AuthenticatorApps].[KeyId],
  [dbo].[AuthenticatorApps].[SessionId], [dbo].[AuthenticatorApps].[CreatedAt], [dbo].[AuthenticatorApps].[EnabledAt],
  [dbo].[AuthenticatorApps].[LastStep]
FROM [dbo].[AuthenticatorApps]
WHERE ([dbo].[AuthenticatorApps].[UserId] > @P1 AND [dbo].[AuthenticatorApps].[KeyId] <> @P2)
ORDER BY [dbo].[AuthenticatorApps].[UserId] ASC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/second-factor.sealedByOthers
SELECT [dbo].[AuthenticatorApps].[UserId], [dbo].[AuthenticatorApps].[Sealed], [dbo].[AuthenticatorApps].[KeyId],
  [dbo].[AuthenticatorApps].[SessionId], [dbo].[AuthenticatorApps].[CreatedAt], [dbo].[AuthenticatorApps].[EnabledAt],
  [dbo].[AuthenticatorApps].[LastStep]
FROM [dbo].[AuthenticatorApps]
WHERE [dbo].[AuthenticatorApps].[KeyId] <> @P1
ORDER BY [dbo].[AuthenticatorApps].[UserId] ASC
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/insights.previousVisit
SELECT [dbo].[DashboardVisits].[SellerId], [dbo].[DashboardVisits].[VisitedAt], [dbo].[DashboardVisits].[PreviousAt]
FROM [dbo].[DashboardVisits]
WHERE ([dbo].[DashboardVisits].[SellerId] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/verifications.emailLinksSince
SELECT [dbo].[EmailVerifications].[TokenHash], [dbo].[EmailVerifications].[CreatedAt]
FROM [dbo].[EmailVerifications]
WHERE ([dbo].[EmailVerifications].[CreatedAt] > @P1 AND ([dbo].[EmailVerifications].[UserId] = @P2
  OR [dbo].[EmailVerifications].[Email] = @P3))
ORDER BY [dbo].[EmailVerifications].[CreatedAt] DESC
OFFSET @P4 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- repositories/verifications.findEmailLink
SELECT [dbo].[EmailVerifications].[TokenHash], [dbo].[EmailVerifications].[UserId], [dbo].[EmailVerifications].[Email],
  [dbo].[EmailVerifications].[CreatedAt], [dbo].[EmailVerifications].[ExpiresAt], [dbo].[EmailVerifications].[UsedAt]
FROM [dbo].[EmailVerifications]
WHERE ([dbo].[EmailVerifications].[TokenHash] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/verifications.lastEmailLink
SELECT [dbo].[EmailVerifications].[TokenHash], [dbo].[EmailVerifications].[UserId], [dbo].[EmailVerifications].[Email],
  [dbo].[EmailVerifications].[CreatedAt], [dbo].[EmailVerifications].[ExpiresAt], [dbo].[EmailVerifications].[UsedAt]
FROM [dbo].[EmailVerifications]
WHERE ([dbo].[EmailVerifications].[UserId] = @P1 AND [dbo].[EmailVerifications].[Email] = @P2)
ORDER BY [dbo].[EmailVerifications].[CreatedAt] DESC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/idempotency.claim
SELECT [dbo].[IdempotencyKeys].[UserId], [dbo].[IdempotencyKeys].[KeyHash], [dbo].[IdempotencyKeys].[RequestHash],
  [dbo].[IdempotencyKeys].[Status], [dbo].[IdempotencyKeys].[ResponseStatus], [dbo].[IdempotencyKeys].[ResponseBody],
  [dbo].[IdempotencyKeys].[CreatedAt], [dbo].[IdempotencyKeys].[LockedUntil]
FROM [dbo].[IdempotencyKeys]
WHERE (([dbo].[IdempotencyKeys].[UserId] = @P1 AND [dbo].[IdempotencyKeys].[KeyHash] = @P2) AND 1=1)
ORDER BY 1
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/invoices.nextNumber
SELECT [dbo].[InvoiceCounters].[Series], [dbo].[InvoiceCounters].[Year], [dbo].[InvoiceCounters].[LastNumber]
FROM [dbo].[InvoiceCounters]
WHERE (([dbo].[InvoiceCounters].[Series] = @P1 AND [dbo].[InvoiceCounters].[Year] = @P2) AND 1=1)
ORDER BY 1
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/orders.events
SELECT [dbo].[OrderEvents].[Id], [dbo].[OrderEvents].[OrderId], [dbo].[OrderEvents].[FromStatus], [dbo].[OrderEvents].[ToStatus],
  [dbo].[OrderEvents].[ActorId], [dbo].[OrderEvents].[At]
FROM [dbo].[OrderEvents]
WHERE [dbo].[OrderEvents].[OrderId] = @P1
ORDER BY [dbo].[OrderEvents].[Id] ASC
OFFSET @P2 ROWS
GO
-- repositories/passkeys.findChallenge
SELECT [dbo].[PasskeyChallenges].[ChallengeHash], [dbo].[PasskeyChallenges].[Purpose], [dbo].[PasskeyChallenges].[SessionId],
  [dbo].[PasskeyChallenges].[CreatedAt], [dbo].[PasskeyChallenges].[ExpiresAt], [dbo].[PasskeyChallenges].[UsedAt]
FROM [dbo].[PasskeyChallenges]
WHERE ([dbo].[PasskeyChallenges].[ChallengeHash] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/second-factor.findRecoveryCode
SELECT [dbo].[RecoveryCodes].[UserId], [dbo].[RecoveryCodes].[Number], [dbo].[RecoveryCodes].[CodeHash]
FROM [dbo].[RecoveryCodes]
WHERE ([dbo].[RecoveryCodes].[UserId] = @P1 AND [dbo].[RecoveryCodes].[Number] = @P2 AND [dbo].[RecoveryCodes].[UsedAt] IS NULL)
ORDER BY 1
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/payout-details.sealedByOthers
SELECT [dbo].[SellerPayoutDetails].[UserId], [dbo].[SellerPayoutDetails].[Method], [dbo].[SellerPayoutDetails].[Sealed],
  [dbo].[SellerPayoutDetails].[KeyId], [dbo].[SellerPayoutDetails].[Masked], [dbo].[SellerPayoutDetails].[Currency],
  [dbo].[SellerPayoutDetails].[Version], [dbo].[SellerPayoutDetails].[CreatedAt], [dbo].[SellerPayoutDetails].[UpdatedAt]
FROM [dbo].[SellerPayoutDetails]
WHERE [dbo].[SellerPayoutDetails].[KeyId] <> @P1
ORDER BY [dbo].[SellerPayoutDetails].[UserId] ASC
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/accounts.revokeOldestSessions
SELECT [dbo].[Sessions].[Id]
FROM [dbo].[Sessions]
WHERE ([dbo].[Sessions].[UserId] = @P1 AND [dbo].[Sessions].[RevokedAt] IS NULL AND [dbo].[Sessions].[ExpiresAt] > @P2)
ORDER BY [dbo].[Sessions].[LastUsedAt] DESC, [dbo].[Sessions].[CreatedAt] DESC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/accounts.findSessionOwner
SELECT [dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[ExpiresAt], [dbo].[Sessions].[SecondFactor]
FROM [dbo].[Sessions]
LEFT JOIN [dbo].[Users] AS [j0] ON (([j0].[Id] = [dbo].[Sessions].[UserId]))
WHERE ([dbo].[Sessions].[Id] = @P1 AND [dbo].[Sessions].[RevokedAt] IS NULL AND [dbo].[Sessions].[ExpiresAt] > @P2
  AND ([j0].[DisabledAt] IS NULL AND ([j0].[Id] IS NOT NULL)))
ORDER BY 1
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/accounts.findSession
SELECT [dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash], [dbo].[Sessions].[PreviousHash],
  [dbo].[Sessions].[PreviousUntil], [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt],
  [dbo].[Sessions].[ExpiresAt], [dbo].[Sessions].[RevokedAt]
FROM [dbo].[Sessions]
WHERE ([dbo].[Sessions].[Id] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/accounts.listSessions
SELECT [dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash], [dbo].[Sessions].[PreviousHash],
  [dbo].[Sessions].[PreviousUntil], [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt],
  [dbo].[Sessions].[ExpiresAt], [dbo].[Sessions].[RevokedAt]
FROM [dbo].[Sessions]
WHERE ([dbo].[Sessions].[UserId] = @P1 AND [dbo].[Sessions].[RevokedAt] IS NULL AND [dbo].[Sessions].[ExpiresAt] > @P2)
ORDER BY [dbo].[Sessions].[LastUsedAt] DESC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/accounts.findSession
SELECT [dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash], [dbo].[Sessions].[PreviousHash],
  [dbo].[Sessions].[PreviousUntil], [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt],
  [dbo].[Sessions].[ExpiresAt], [dbo].[Sessions].[RevokedAt], [dbo].[Sessions].[SecondFactor]
FROM [dbo].[Sessions]
WHERE ([dbo].[Sessions].[Id] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/accounts.listSessions
SELECT [dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash], [dbo].[Sessions].[PreviousHash],
  [dbo].[Sessions].[PreviousUntil], [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt],
  [dbo].[Sessions].[ExpiresAt], [dbo].[Sessions].[RevokedAt], [dbo].[Sessions].[SecondFactor]
FROM [dbo].[Sessions]
WHERE ([dbo].[Sessions].[UserId] = @P1 AND [dbo].[Sessions].[RevokedAt] IS NULL AND [dbo].[Sessions].[ExpiresAt] > @P2)
ORDER BY [dbo].[Sessions].[LastUsedAt] DESC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/accounts.findById
SELECT [dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role]
FROM [dbo].[UserRoles]
WHERE [dbo].[UserRoles].[UserId] = @P1
ORDER BY [dbo].[UserRoles].[Role] ASC
OFFSET @P2 ROWS
GO
-- repositories/accounts.findByEmail, repositories/accounts.findSessionOwner, repositories/accounts.search, repositories/accounts.signInCandidates
SELECT [dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role]
FROM [dbo].[UserRoles]
WHERE [dbo].[UserRoles].[UserId] IN (@P1)
ORDER BY [dbo].[UserRoles].[Role] ASC
OFFSET @P2 ROWS
GO
-- repositories/accounts.findByEmail, repositories/accounts.findSessionOwner, repositories/accounts.signInCandidates
SELECT [dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role]
FROM [dbo].[UserRoles]
WHERE [dbo].[UserRoles].[UserId] IN (NULL)
ORDER BY [dbo].[UserRoles].[Role] ASC
OFFSET @P1 ROWS
GO
-- repositories/accounts.provenOwner
SELECT [dbo].[Users].[Id]
FROM [dbo].[Users]
WHERE ([dbo].[Users].[Email] = @P1 AND [dbo].[Users].[EmailVerifiedAt] IS NOT NULL)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/verifications.verifyEmail
SELECT [dbo].[Users].[Id]
FROM [dbo].[Users]
WHERE ([dbo].[Users].[Email] = @P1 AND [dbo].[Users].[Id] <> @P2)
ORDER BY [dbo].[Users].[Id] ASC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/accounts.lockDomain
SELECT [dbo].[Users].[Id]
FROM [dbo].[Users]
WHERE [dbo].[Users].[Email] LIKE CONCAT('%', @P1)
GO
-- repositories/accounts.findSessionOwner
SELECT [dbo].[Users].[Id]
FROM [dbo].[Users]
WHERE [dbo].[Users].[Id] IN (@P1)
GO
-- repositories/accounts.findSessionOwner
SELECT [dbo].[Users].[Id]
FROM [dbo].[Users]
WHERE [dbo].[Users].[Id] IN (NULL)
GO
-- repositories/accounts.search
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[EmailVerifiedAt],
  [dbo].[Users].[DisabledAt], [dbo].[Users].[CreatedAt], COALESCE([aggr_selection_0_Session].[_aggr_count_sessions],
  0) AS [_aggr_count_sessions], COALESCE([aggr_selection_1_Wallet].[_aggr_count_wallets], 0) AS [_aggr_count_wallets]
FROM [dbo].[Users]
LEFT JOIN (SELECT [dbo].[Sessions].[UserId],
  COUNT(*) AS [_aggr_count_sessions] FROM [dbo].[Sessions] WHERE ([dbo].[Sessions].[RevokedAt] IS NULL
  AND [dbo].[Sessions].[ExpiresAt] > @P1) GROUP BY [dbo].[Sessions].[UserId]) AS [aggr_selection_0_Session] ON ([dbo].[Users].[Id]
  = [aggr_selection_0_Session].[UserId])
LEFT JOIN (SELECT [dbo].[Wallets].[UserId],
  COUNT(*) AS [_aggr_count_wallets] FROM [dbo].[Wallets] WHERE 1=1 GROUP BY [dbo].[Wallets].[UserId]) AS [aggr_selection_1_Wallet]
  ON ([dbo].[Users].[Id] = [aggr_selection_1_Wallet].[UserId])
WHERE ([dbo].[Users].[Id] = @P2 AND [dbo].[Users].[DeletedAt] IS NULL)
ORDER BY [dbo].[Users].[SearchName] ASC, [dbo].[Users].[Id] ASC
OFFSET @P3 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/accounts.findById
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[PasswordHash],
  [dbo].[Users].[EmailVerifiedAt], [dbo].[Users].[DisabledAt], [dbo].[Users].[DeletedAt], [dbo].[Users].[CreatedAt]
FROM [dbo].[Users]
WHERE ([dbo].[Users].[Id] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/accounts.signInCandidates
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[PasswordHash],
  [dbo].[Users].[EmailVerifiedAt], [dbo].[Users].[DisabledAt], [dbo].[Users].[DeletedAt], [dbo].[Users].[CreatedAt]
FROM [dbo].[Users]
WHERE 1=0
GO
-- repositories/accounts.signInCandidates
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[PasswordHash],
  [dbo].[Users].[EmailVerifiedAt], [dbo].[Users].[DisabledAt], [dbo].[Users].[DeletedAt], [dbo].[Users].[CreatedAt]
FROM [dbo].[Users]
WHERE [dbo].[Users].[Id] IN (@P1)
GO
-- repositories/accounts.findById
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[PasswordHash],
  [dbo].[Users].[FailedSignIns], [dbo].[Users].[LockedUntil], [dbo].[Users].[EmailVerifiedAt], [dbo].[Users].[CreatedAt]
FROM [dbo].[Users]
WHERE ([dbo].[Users].[Id] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/accounts.findByEmail
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[PasswordHash],
  [dbo].[Users].[FailedSignIns], [dbo].[Users].[LockedUntil], [dbo].[Users].[EmailVerifiedAt], [dbo].[Users].[CreatedAt]
FROM [dbo].[Users]
WHERE [dbo].[Users].[Email] = @P1
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/wallets.findNonce
SELECT [dbo].[WalletNonces].[NonceHash], [dbo].[WalletNonces].[Purpose], [dbo].[WalletNonces].[SessionId],
  [dbo].[WalletNonces].[CreatedAt], [dbo].[WalletNonces].[ExpiresAt], [dbo].[WalletNonces].[UsedAt]
FROM [dbo].[WalletNonces]
WHERE ([dbo].[WalletNonces].[NonceHash] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.walletOf
SELECT [dbo].[Wallets].[Address]
FROM [dbo].[Wallets]
WHERE [dbo].[Wallets].[UserId] = @P1
ORDER BY [dbo].[Wallets].[LinkedAt] ASC, [dbo].[Wallets].[Address] ASC
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.idByWallet
SELECT [dbo].[Wallets].[Address], [dbo].[Wallets].[UserId]
FROM [dbo].[Wallets]
WHERE ([dbo].[Wallets].[Address] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/wallets.find
SELECT [dbo].[Wallets].[Address], [dbo].[Wallets].[UserId], [dbo].[Wallets].[ChainId], [dbo].[Wallets].[LinkedAt]
FROM [dbo].[Wallets]
WHERE ([dbo].[Wallets].[Address] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/wallets.listOf
SELECT [dbo].[Wallets].[Address], [dbo].[Wallets].[UserId], [dbo].[Wallets].[ChainId], [dbo].[Wallets].[LinkedAt]
FROM [dbo].[Wallets]
WHERE [dbo].[Wallets].[UserId] = @P1
ORDER BY [dbo].[Wallets].[LinkedAt] ASC, [dbo].[Wallets].[Address] ASC
OFFSET @P2 ROWS
GO
-- repositories/imports.findAccounts
SELECT a.ExternalId AS externalId, a.UserId AS userId
FROM ExternalAccounts a
WHERE a.Source = @P1 AND a.ExternalId IN (@P2)
GO
-- repositories/alerts.withoutTask
SELECT a.Id AS id
FROM Alerts a
WHERE a.DeliveredAt IS NULL AND a.Status IN ('open', 'acknowledged')
  AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey = CONCAT(@P1, a.Id))
ORDER BY a.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/moderation.openAppeals
SELECT a.Id AS id, a.DecisionId AS decisionId, a.AppellantId AS appellantId, u.FullName AS appellantName, a.Text AS text,
  a.CreatedAt AS createdAt
FROM RatingAppeals a
JOIN Users u ON u.Id = a.AppellantId
WHERE a.Status = 'open'
ORDER BY a.Id
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/moderation.findOpenAppeal
SELECT a.Id AS id, a.DecisionId AS decisionId, a.AppellantId AS appellantId, u.FullName AS appellantName, a.Text AS text,
  a.CreatedAt AS createdAt
FROM RatingAppeals a
JOIN Users u ON u.Id = a.AppellantId
WHERE a.Status = 'open' AND a.Id = @P1
GO
-- repositories/alerts.read
SELECT a.Id AS id, a.Kind AS kind, a.OpenKey AS "key", a.SellerId AS sellerId, a.Title AS title, a.Evidence AS evidence,
  a.Status AS status, a.OpenedAt AS openedAt, a.LastSeenAt AS lastSeenAt, a.AcknowledgedAt AS acknowledgedAt,
  k.FullName AS acknowledgedBy, a.ClosedAt AS closedAt, c.FullName AS closedBy, a.Note AS note
FROM Alerts a
LEFT JOIN Users k ON k.Id = a.AcknowledgedBy
LEFT JOIN Users c ON c.Id = a.ClosedBy
ORDER BY CASE WHEN a.Status = 'closed' THEN 1 ELSE 0 END, a.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/alerts.find
SELECT a.Id AS id, a.Kind AS kind, a.OpenKey AS "key", a.SellerId AS sellerId, a.Title AS title, a.Evidence AS evidence,
  a.Status AS status, a.OpenedAt AS openedAt, a.LastSeenAt AS lastSeenAt, a.AcknowledgedAt AS acknowledgedAt,
  k.FullName AS acknowledgedBy, a.ClosedAt AS closedAt, c.FullName AS closedBy, a.Note AS note
FROM Alerts a
LEFT JOIN Users k ON k.Id = a.AcknowledgedBy
LEFT JOIN Users c ON c.Id = a.ClosedBy
WHERE a.Id = @P1
GO
-- repositories/alerts.findUndelivered
SELECT a.Id AS id, a.Kind AS kind, a.OpenKey AS "key", a.SellerId AS sellerId, a.Title AS title, a.Evidence AS evidence,
  a.Status AS status, a.OpenedAt AS openedAt, a.LastSeenAt AS lastSeenAt, a.AcknowledgedAt AS acknowledgedAt,
  k.FullName AS acknowledgedBy, a.ClosedAt AS closedAt, c.FullName AS closedBy, a.Note AS note
FROM Alerts a
LEFT JOIN Users k ON k.Id = a.AcknowledgedBy
LEFT JOIN Users c ON c.Id = a.ClosedBy
WHERE a.Id = @P1 AND a.DeliveredAt IS NULL AND a.Status IN ('open', 'acknowledged')
GO
-- repositories/alerts.read
SELECT a.Id AS id, a.Kind AS kind, a.OpenKey AS "key", a.SellerId AS sellerId, a.Title AS title, a.Evidence AS evidence,
  a.Status AS status, a.OpenedAt AS openedAt, a.LastSeenAt AS lastSeenAt, a.AcknowledgedAt AS acknowledgedAt,
  k.FullName AS acknowledgedBy, a.ClosedAt AS closedAt, c.FullName AS closedBy, a.Note AS note
FROM Alerts a
LEFT JOIN Users k ON k.Id = a.AcknowledgedBy
LEFT JOIN Users c ON c.Id = a.ClosedBy
WHERE a.OpenKey NOT LIKE 'over:%'
ORDER BY a.Id
GO
-- repositories/addresses.list
SELECT a.Id AS id, a.UserId AS userId, a.RecipientName AS recipientName, a.Line1 AS line1, a.Line2 AS line2,
  a.PostalCode AS postalCode, a.City AS city, a.Region AS region, a.Country AS country, a.Phone AS phone, a.CreatedAt AS createdAt
FROM Addresses a
WHERE a.UserId = @P1
ORDER BY a.LastUsedAt DESC, a.Id DESC
GO
-- repositories/alerts.countUnclosed
SELECT a.Kind AS kind, CAST(COUNT(*) AS INT) AS alerts
FROM Alerts a
WHERE a.Status IN ('open', 'acknowledged')
GROUP BY a.Kind
GO
-- repositories/ledger.sums
SELECT b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS total
FROM LedgerBalances b
WHERE b.SellerId = @P1 AND b.Currency = @P2
GO
-- repositories/ledger-reports.trialBalance
SELECT b.Currency AS currency, b.Account AS account, CAST(SUM(b.BalanceMinor) AS VARCHAR(20)) AS total
FROM LedgerBalances b
GROUP BY b.Currency, b.Account
ORDER BY b.Currency, b.Account
GO
-- repositories/payouts.moneyOf
SELECT b.Currency AS currency, b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS balance
FROM LedgerBalances b
WHERE b.SellerId = @P1 AND b.Account IN ('seller_balance', 'reserve', 'seller_debt')
ORDER BY b.Currency
GO
-- repositories/ledger-reports.balancesOf
SELECT b.Currency AS currency, b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS balanceMinor
FROM LedgerBalances b
WHERE b.SellerId = @P1
ORDER BY b.Currency, b.Account
GO
-- repositories/basket.list
SELECT b.ListingId AS listingId, b.Quantity AS quantity, CAST(b.PriceE8 AS VARCHAR(20)) AS priceE8, b.Currency AS currency,
  b.AddedAt AS addedAt
FROM BasketItems b
WHERE b.UserId = @P1
ORDER BY b.AddedAt, b.ListingId
GO
-- repositories/ledger-checks.belowFloor
SELECT b.SellerId AS id, b.Currency AS currency, b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS stored
FROM LedgerBalances b
WHERE b.SellerId > @P1 AND b.SellerId <= @P2 AND ((b.Account IN (@P3) AND b.BalanceMinor > 0) OR (b.Account IN (@P4)
  AND b.BalanceMinor < 0))
ORDER BY b.SellerId
GO
-- repositories/attempts.count
SELECT c.Attempts AS attempts, c.ExpiresAt AS expiresAt
FROM AttemptCounters c
WHERE c.KeyHash = @P1
GO
-- repositories/attempts.count
SELECT c.ExpiresAt AS expiresAt
FROM AttemptCounters c
WHERE c.KeyHash = @P1
GO
-- repositories/flags.history
SELECT c.Id AS id, c.FlagName AS name, c.At AS at, c.Action AS action, u.FullName AS "by", c.StateBefore AS before,
  c.StateAfter AS after, c.RequestId AS requestId, c.UndoneBy AS undoneBy
FROM FeatureFlagChanges c
LEFT JOIN Users u ON u.Id = c.ActorId
WHERE c.FlagName = @P1
ORDER BY c.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/flags.history
SELECT c.Id AS id, c.FlagName AS name, c.At AS at, c.Action AS action, u.FullName AS "by", c.StateBefore AS before,
  c.StateAfter AS after, c.RequestId AS requestId, c.UndoneBy AS undoneBy
FROM FeatureFlagChanges c
LEFT JOIN Users u ON u.Id = c.ActorId
WHERE c.FlagName = @P1 AND c.Id < @P2
ORDER BY c.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/flags.findChange
SELECT c.Id AS id, c.FlagName AS name, c.At AS at, c.Action AS action, u.FullName AS "by", c.StateBefore AS before,
  c.StateAfter AS after, c.RequestId AS requestId, c.UndoneBy AS undoneBy
FROM FeatureFlagChanges c
LEFT JOIN Users u ON u.Id = c.ActorId
WHERE c.Id = @P1
GO
-- repositories/categories.all
SELECT c.Path AS path, c.ParentPath AS parentPath, c.Name AS name, c.Position AS position, c.RetiredAt AS retiredAt
FROM Categories c
ORDER BY c.Position, c.Name, c.Path
GO
-- repositories/categories.find
SELECT c.Path AS path, c.ParentPath AS parentPath, c.Name AS name, c.Position AS position, c.RetiredAt AS retiredAt
FROM Categories c
WHERE c.Path IN (@P1)
GO
-- repositories/metrics.ratingsPerDay
SELECT d.Day AS day, CAST(SUM(d.Stars1) AS INT) AS s1, CAST(SUM(d.Stars2) AS INT) AS s2, CAST(SUM(d.Stars3) AS INT) AS s3,
  CAST(SUM(d.Stars4) AS INT) AS s4, CAST(SUM(d.Stars5) AS INT) AS s5
FROM SellerRatingDays d
WHERE d.Day >= @P1
GROUP BY d.Day
ORDER BY d.Day
GO
-- repositories/insights.days
SELECT d.Day AS day, d.Stars1 AS s1, d.Stars2 AS s2, d.Stars3 AS s3, d.Stars4 AS s4, d.Stars5 AS s5
FROM SellerRatingDays d
WHERE d.SellerId = @P1
ORDER BY d.Day
GO
-- repositories/moderation.decisionsOf
SELECT d.Id AS id, d.RatingId AS ratingId, d.SellerId AS sellerId, s.FullName AS sellerName, d.RaterId AS raterId,
  u.FullName AS raterName, d.Rating AS rating, d.Comment AS comment, d.Action AS action, d.Reason AS reason,
  d.Statement AS statement, d.DecidedBy AS decidedBy, d.At AS at,
  CASE WHEN NOT EXISTS (SELECT 1 FROM RatingDecisions n WHERE n.RatingId = d.RatingId
  AND n.Id > d.Id) THEN 1 ELSE 0 END AS latest, a.Id AS appealId, a.AppellantId AS appellantId, a.Text AS appealText,
  a.CreatedAt AS appealAt, a.Status AS appealStatus
FROM RatingDecisions d
JOIN Users s ON s.Id = d.SellerId
JOIN Users u ON u.Id = d.RaterId
LEFT JOIN RatingAppeals a ON a.DecisionId = d.Id
WHERE (d.SellerId = @P1 OR d.RaterId = @P2)
ORDER BY d.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/moderation.findDecision
SELECT d.Id AS id, d.RatingId AS ratingId, d.SellerId AS sellerId, s.FullName AS sellerName, d.RaterId AS raterId,
  u.FullName AS raterName, d.Rating AS rating, d.Comment AS comment, d.Action AS action, d.Reason AS reason,
  d.Statement AS statement, d.DecidedBy AS decidedBy, d.At AS at,
  CASE WHEN NOT EXISTS (SELECT 1 FROM RatingDecisions n WHERE n.RatingId = d.RatingId
  AND n.Id > d.Id) THEN 1 ELSE 0 END AS latest, a.Id AS appealId, a.AppellantId AS appellantId, a.Text AS appealText,
  a.CreatedAt AS appealAt, a.Status AS appealStatus
FROM RatingDecisions d
JOIN Users s ON s.Id = d.SellerId
JOIN Users u ON u.Id = d.RaterId
LEFT JOIN RatingAppeals a ON a.DecisionId = d.Id
WHERE d.Id = @P1
GO
-- repositories/verifications.leftovers
SELECT d.Id AS id, d.StorageKey AS storageKey
FROM SellerVerificationFiles d
JOIN SellerVerifications v ON v.Id = d.VerificationId
WHERE d.RemovedAt IS NULL AND ((d.StoredAt IS NULL AND d.CreatedAt < @P1) OR v.DecidedAt < @P2 OR (v.Status = 'draft'
  AND d.CreatedAt < @P3))
ORDER BY d.Id
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/verifications.sealedByOthers
SELECT d.Id AS id, d.StorageKey AS storageKey
FROM SellerVerificationFiles d
WHERE d.Id > @P1 AND d.StoredAt IS NOT NULL AND d.RemovedAt IS NULL AND (d.KeyId IS NULL OR d.KeyId <> @P2)
ORDER BY d.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/verifications.documentsOf
SELECT d.Id AS id, d.VerificationId AS verificationId, d.StorageKey AS storageKey, d.Type AS type, d.Bytes AS bytes,
  d.CreatedAt AS createdAt
FROM SellerVerificationFiles d
WHERE d.VerificationId IN (@P1) AND d.StoredAt IS NOT NULL AND d.RemovedAt IS NULL
ORDER BY d.Id
GO
-- repositories/verifications.findDocument
SELECT d.Id AS id, d.VerificationId AS verificationId, d.StorageKey AS storageKey, d.Type AS type, d.Bytes AS bytes,
  d.CreatedAt AS createdAt, v.UserId AS userId, v.Status AS status
FROM SellerVerificationFiles d
JOIN SellerVerifications v ON v.Id = d.VerificationId
WHERE d.Id = @P1 AND d.StoredAt IS NOT NULL AND d.RemovedAt IS NULL
GO
-- repositories/insights.struckByReason
SELECT d.Reason AS reason, CAST(COUNT(*) AS INT) AS ratings
FROM StruckRatings k
JOIN RatingDecisions d ON d.Id = k.DecisionId
WHERE k.SellerId = @P1
GROUP BY d.Reason
ORDER BY d.Reason
GO
-- repositories/payout-details.sealedByOthers
SELECT d.UserId AS userId, d.Method AS method, d.Sealed AS sealed, d.KeyId AS keyId, d.Masked AS masked, d.Currency AS currency,
  d.Version AS version, d.UpdatedAt AS updatedAt
FROM SellerPayoutDetails d
WHERE d.KeyId <> @P1
ORDER BY d.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/payout-details.find
SELECT d.UserId AS userId, d.Method AS method, d.Sealed AS sealed, d.KeyId AS keyId, d.Masked AS masked, d.Currency AS currency,
  d.Version AS version, d.UpdatedAt AS updatedAt
FROM SellerPayoutDetails d
WHERE d.UserId = @P1
GO
-- repositories/payout-details.sealedByOthers
SELECT d.UserId AS userId, d.Method AS method, d.Sealed AS sealed, d.KeyId AS keyId, d.Masked AS masked, d.Currency AS currency,
  d.Version AS version, d.UpdatedAt AS updatedAt
FROM SellerPayoutDetails d
WHERE d.UserId > @P1 AND d.KeyId <> @P2
ORDER BY d.UserId
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/orders.events
SELECT e.FromStatus AS "from", e.ToStatus AS "to", e.ActorId AS actorId, e.At AS at
FROM OrderEvents e
WHERE e.OrderId = @P1
ORDER BY e.Id
GO
-- repositories/orders.events
SELECT e.FromStatus AS "from", e.ToStatus AS "to", e.ActorId AS actorId, e.Reason AS reason, e.At AS at
FROM OrderEvents e
WHERE e.OrderId = @P1
ORDER BY e.Id
GO
-- repositories/listings.events
SELECT e.FromStatus AS "from", e.ToStatus AS "to", e.At AS at
FROM ListingEvents e
WHERE e.ListingId = @P1
ORDER BY e.Id
GO
-- repositories/payouts.lines
SELECT e.Id AS entryId, e.Kind AS kind, e.OrderId AS orderId, e.At AS at,
  CAST(SUM(CASE WHEN p.Account = 'seller_balance' THEN -p.AmountMinor ELSE 0 END) AS VARCHAR(20)) AS amount,
  CAST(SUM(CASE WHEN p.Account = 'commission' THEN -p.AmountMinor ELSE 0 END) AS VARCHAR(20)) AS commission,
  CAST(SUM(CASE WHEN p.Account = 'commission_vat' THEN -p.AmountMinor ELSE 0 END) AS VARCHAR(20)) AS vat,
  CAST(SUM(CASE WHEN p.Account = 'seller_debt' THEN -p.AmountMinor ELSE 0 END) AS VARCHAR(20)) AS debt
FROM LedgerEntries e
JOIN LedgerPostings p ON p.EntryId = e.Id AND p.SellerId = @P1
WHERE e.Id > @P2 AND e.Id IN (SELECT l.EntryId FROM PayoutLines l WHERE l.PayoutId = @P3)
GROUP BY e.Id, e.Kind, e.OrderId, e.At
ORDER BY e.Id
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ledger.isPosted
SELECT e.Id AS id
FROM LedgerEntries e
WHERE e.Cause = @P1
ORDER BY e.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/moderation.audit
SELECT e.Id AS id, e.At AS at, u.FullName AS actorName, e.ActorKind AS actorKind, e.Action AS action, e.Entity AS entity,
  e.EntityId AS entityId, e.Detail AS detail, e.RequestId AS requestId
FROM AuditLog e
LEFT JOIN Users u ON u.Id = e.ActorId
ORDER BY e.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/moderation.audit
SELECT e.Id AS id, e.At AS at, u.FullName AS actorName, e.ActorKind AS actorKind, e.Action AS action, e.Entity AS entity,
  e.EntityId AS entityId, e.Detail AS detail, e.RequestId AS requestId
FROM AuditLog e
LEFT JOIN Users u ON u.Id = e.ActorId
WHERE e.Action LIKE @P1 ESCAPE '\' AND e.EntityId = @P2
ORDER BY e.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/moderation.audit
SELECT e.Id AS id, e.At AS at, u.FullName AS actorName, e.ActorKind AS actorKind, e.Action AS action, e.Entity AS entity,
  e.EntityId AS entityId, e.Detail AS detail, e.RequestId AS requestId
FROM AuditLog e
LEFT JOIN Users u ON u.Id = e.ActorId
WHERE e.Id < @P1
ORDER BY e.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/ledger-reports.entries
SELECT e.Id AS id, e.Cause AS cause, e.Kind AS kind, e.Currency AS currency, e.OrderId AS orderId, e.IsTest AS isTest, e.At AS at
FROM LedgerEntries e
WHERE e.Cause LIKE @P1 ESCAPE '\'
ORDER BY e.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/ledger-reports.entries
SELECT e.Id AS id, e.Cause AS cause, e.Kind AS kind, e.Currency AS currency, e.OrderId AS orderId, e.IsTest AS isTest, e.At AS at
FROM LedgerEntries e
WHERE e.Id IN (SELECT p.EntryId FROM LedgerPostings p WHERE p.SellerId = @P1)
ORDER BY e.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/ledger-reports.statement
SELECT e.Id AS id, e.Cause AS cause, e.Kind AS kind, e.Currency AS currency, e.OrderId AS orderId, e.IsTest AS isTest, e.At AS at
FROM LedgerEntries e
WHERE e.Id IN (SELECT x.EntryId FROM (SELECT DISTINCT p.EntryId FROM LedgerPostings p WHERE p.SellerId = @P1
  AND p.Currency = @P2 ORDER BY p.EntryId DESC OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY) x)
ORDER BY e.Id DESC
GO
-- repositories/ledger-reports.statement
SELECT e.Id AS id, e.Cause AS cause, e.Kind AS kind, e.Currency AS currency, e.OrderId AS orderId, e.IsTest AS isTest, e.At AS at
FROM LedgerEntries e
WHERE e.Id IN (SELECT x.EntryId FROM (SELECT DISTINCT p.EntryId FROM LedgerPostings p WHERE p.SellerId = @P1 AND p.Currency = @P2
  AND p.EntryId < @P3 ORDER BY p.EntryId DESC OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY) x)
ORDER BY e.Id DESC
GO
-- repositories/ledger-reports.entries
SELECT e.Id AS id, e.Cause AS cause, e.Kind AS kind, e.Currency AS currency, e.OrderId AS orderId, e.IsTest AS isTest, e.At AS at
FROM LedgerEntries e
WHERE e.OrderId = @P1
ORDER BY e.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/ledger-checks.unbalancedEntries
SELECT e.Id AS id, e.Cause AS cause, e.OrderId AS orderId, e.Currency AS currency, e.Lines AS lines,
  CAST(COUNT(p.Line) AS INT) AS n, CAST(COALESCE(SUM(p.AmountMinor), 0) AS VARCHAR(20)) AS total
FROM LedgerEntries e
LEFT JOIN LedgerPostings p ON p.EntryId = e.Id AND p.Currency = e.Currency
WHERE e.Id > @P1 AND e.Id <= @P2
GROUP BY e.Id, e.Cause, e.OrderId, e.Currency, e.Lines
HAVING COUNT(p.Line) <> e.Lines OR SUM(p.AmountMinor) <> 0
ORDER BY e.Id
GO
-- repositories/records.readAfter
SELECT e.Id AS id, e.Topic AS topic, e.SubjectId AS subjectId, e.CreatedAt AS at
FROM OutboxEvents e
WHERE e.Id > @P1
ORDER BY e.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/records.readAfter
SELECT e.Id AS id, e.Topic AS topic, e.SubjectId AS subjectId, e.Payload AS payload, e.CreatedAt AS at
FROM OutboxEvents e
WHERE e.Id > @P1
ORDER BY e.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/payout-files.find
SELECT f.Id AS id, f.MessageId AS messageId, f.ExecuteOn AS executeOn, f.CreatedAt AS createdAt, f.CancelledAt AS cancelledAt
FROM PayoutFiles f
WHERE f.Id = @P1
GO
-- repositories/privacy/index.documents
SELECT f.Id AS id, f.StorageKey AS storageKey
FROM SellerVerificationFiles f
JOIN SellerVerifications v ON v.Id = f.VerificationId
WHERE v.UserId = @P1 AND f.RemovedAt IS NULL AND (f.StoredAt IS NOT NULL OR f.CreatedAt < @P2)
ORDER BY f.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/flags.read
SELECT f.Name AS name, f.Description AS description, f.Owner AS owner, f.ExpiresAt AS expiresAt,
  CASE WHEN f.Enabled = 1 THEN 1 ELSE 0 END AS enabled, CASE WHEN f.Killed = 1 THEN 1 ELSE 0 END AS killed,
  f.RolloutPercentage AS rolloutPercentage, f.Version AS version, f.UpdatedAt AS updatedAt, u.FullName AS updatedBy
FROM FeatureFlags f
LEFT JOIN Users u ON u.Id = f.UpdatedBy
ORDER BY f.Name
GO
-- repositories/flags.read
SELECT f.Name AS name, f.Description AS description, f.Owner AS owner, f.ExpiresAt AS expiresAt,
  CASE WHEN f.Enabled = 1 THEN 1 ELSE 0 END AS enabled, CASE WHEN f.Killed = 1 THEN 1 ELSE 0 END AS killed,
  f.RolloutPercentage AS rolloutPercentage, f.Version AS version, f.UpdatedAt AS updatedAt, u.FullName AS updatedBy
FROM FeatureFlags f
LEFT JOIN Users u ON u.Id = f.UpdatedBy
WHERE f.Name = @P1
ORDER BY f.Name
GO
-- repositories/flags.read
SELECT f.Name AS name, f.Description AS description, f.Owner AS owner, f.ExpiresAt AS expiresAt, f.Enabled AS enabled,
  f.Killed AS killed, f.RolloutPercentage AS rolloutPercentage, f.Version AS version, f.UpdatedAt AS updatedAt,
  u.FullName AS updatedBy
FROM FeatureFlags f
LEFT JOIN Users u ON u.Id = f.UpdatedBy
ORDER BY f.Name
GO
-- repositories/flags.read
SELECT f.Name AS name, f.Description AS description, f.Owner AS owner, f.ExpiresAt AS expiresAt, f.Enabled AS enabled,
  f.Killed AS killed, f.RolloutPercentage AS rolloutPercentage, f.Version AS version, f.UpdatedAt AS updatedAt,
  u.FullName AS updatedBy
FROM FeatureFlags f
LEFT JOIN Users u ON u.Id = f.UpdatedBy
WHERE f.Name = @P1
ORDER BY f.Name
GO
-- repositories/fees.find
SELECT f.OrderId AS orderId, f.Currency AS currency, CAST(f.BaseMinor AS VARCHAR(20)) AS baseMinor,
  CAST(f.CommissionMinor AS VARCHAR(20)) AS commissionMinor, CAST(f.VatMinor AS VARCHAR(20)) AS vatMinor,
  f.VatBasisPoints AS vatBasisPoints, f.VatTreatment AS vatTreatment, f.VatCountry AS vatCountry, f.FrozenAt AS frozenAt
FROM OrderFees f
WHERE f.OrderId = @P1
GO
-- repositories/stores.following
SELECT f.SellerId AS sellerId, f.CreatedAt AS followedAt
FROM StoreFollows f
WHERE f.UserId = @P1
ORDER BY f.CreatedAt DESC, f.SellerId DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/stores.following
SELECT f.SellerId AS sellerId, f.CreatedAt AS followedAt
FROM StoreFollows f
WHERE f.UserId = @P1 AND (f.CreatedAt < @P2 OR (f.CreatedAt = @P3 AND f.SellerId < @P4))
ORDER BY f.CreatedAt DESC, f.SellerId DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- repositories/privacy/money-records.idsOf
SELECT g.Id AS id
FROM OrderGroups g
JOIN Users u ON u.Id = g.BuyerId
WHERE u.DeletedAt IS NOT NULL AND g.Country IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Orders o WHERE o.GroupId = g.Id
  AND o.UpdatedAt >= @P1)
ORDER BY g.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/orders.findGroup
SELECT g.Id AS id, g.BuyerId AS buyerId, g.Currency AS currency, g.RecipientName AS recipientName, g.Line1 AS line1,
  g.Line2 AS line2, g.PostalCode AS postalCode, g.City AS city, g.Region AS region, g.Country AS country, g.Phone AS phone,
  g.CreatedAt AS createdAt
FROM OrderGroups g
WHERE g.Id = @P1
GO
-- repositories/insights.events
SELECT h.Id AS id, h.At AS at, h.RatingId AS ratingId, h.Action AS action, h.Rating AS rating, p.Rating AS was,
  u.FullName AS raterName
FROM SellerRatingHistory h
JOIN Users u ON u.Id = h.RaterId
LEFT JOIN SellerRatingHistory p ON p.RatingId = h.RatingId AND p.Version = h.Version - 1
WHERE h.SellerId = @P1
ORDER BY h.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/ratings.findWithdrawn
SELECT h.RatingId AS id, h.Version AS version, h.Action AS action
FROM SellerRatingHistory h
WHERE h.SellerId = @P1 AND h.RaterId = @P2
ORDER BY h.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.versions
SELECT h.RatingId AS ratingId, h.SellerId AS sellerId, h.RaterId AS raterId, h.Version AS version, h.Action AS action,
  h.Rating AS rating, h.Comment AS comment, h.OrderId AS orderId, h.ActorId AS actorId, h.At AS at
FROM SellerRatingHistory h
WHERE h.RatingId = @P1
ORDER BY h.Version
GO
-- repositories/images.withoutTask
SELECT i.Id AS id
FROM Images i
WHERE i.Status IN ('uploaded', 'processing') AND i.LeaseUntil <= @P1 AND i.DeletedAt IS NULL
  AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey = CONCAT(@P2, i.Id))
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/invoices.find
SELECT i.Id AS id, i.Kind AS kind, i.Series AS series, i.Year AS year, i.Number AS number, i.Cause AS cause, i.OrderId AS orderId,
  i.RecipientId AS recipientId, i.CorrectsId AS correctsId, i.Currency AS currency, CAST(i.NetMinor AS VARCHAR(20)) AS netMinor,
  CAST(i.VatMinor AS VARCHAR(20)) AS vatMinor, i.VatBasisPoints AS vatBasisPoints, i.VatTreatment AS vatTreatment,
  i.IssuerName AS issuerName, i.IssuerAddress AS issuerAddress, i.IssuerVatNumber AS issuerVatNumber,
  i.RecipientName AS recipientName, i.RecipientAddress AS recipientAddress, i.RecipientVatNumber AS recipientVatNumber,
  i.IsTest AS isTest, i.IssuedAt AS issuedAt, i.StorageKey AS storageKey, i.Sha256 AS sha256, o.SellerId AS sellerId,
  o.BuyerId AS buyerId, c.Series AS correctedSeries, c.Year AS correctedYear, c.Number AS correctedNumber
FROM Invoices i
JOIN Orders o ON o.Id = i.OrderId
LEFT JOIN Invoices c ON c.Id = i.CorrectsId
WHERE i.Id = @P1
GO
-- repositories/invoices.ofOrder
SELECT i.Id AS id, i.Kind AS kind, i.Series AS series, i.Year AS year, i.Number AS number, i.Cause AS cause, i.OrderId AS orderId,
  i.RecipientId AS recipientId, i.CorrectsId AS correctsId, i.Currency AS currency, CAST(i.NetMinor AS VARCHAR(20)) AS netMinor,
  CAST(i.VatMinor AS VARCHAR(20)) AS vatMinor, i.VatBasisPoints AS vatBasisPoints, i.VatTreatment AS vatTreatment,
  i.IssuerName AS issuerName, i.IssuerAddress AS issuerAddress, i.IssuerVatNumber AS issuerVatNumber,
  i.RecipientName AS recipientName, i.RecipientAddress AS recipientAddress, i.RecipientVatNumber AS recipientVatNumber,
  i.IsTest AS isTest, i.IssuedAt AS issuedAt, i.StorageKey AS storageKey, i.Sha256 AS sha256, o.SellerId AS sellerId,
  o.BuyerId AS buyerId, c.Series AS correctedSeries, c.Year AS correctedYear, c.Number AS correctedNumber
FROM Invoices i
JOIN Orders o ON o.Id = i.OrderId
LEFT JOIN Invoices c ON c.Id = i.CorrectsId
WHERE i.OrderId = @P1
ORDER BY i.Id
GO
-- repositories/invoices.listReceived
SELECT i.Id AS id, i.Kind AS kind, i.Series AS series, i.Year AS year, i.Number AS number, i.Cause AS cause, i.OrderId AS orderId,
  i.RecipientId AS recipientId, i.CorrectsId AS correctsId, i.Currency AS currency, CAST(i.NetMinor AS VARCHAR(20)) AS netMinor,
  CAST(i.VatMinor AS VARCHAR(20)) AS vatMinor, i.VatBasisPoints AS vatBasisPoints, i.VatTreatment AS vatTreatment,
  i.IssuerName AS issuerName, i.IssuerAddress AS issuerAddress, i.IssuerVatNumber AS issuerVatNumber,
  i.RecipientName AS recipientName, i.RecipientAddress AS recipientAddress, i.RecipientVatNumber AS recipientVatNumber,
  i.IsTest AS isTest, i.IssuedAt AS issuedAt, i.StorageKey AS storageKey, i.Sha256 AS sha256, o.SellerId AS sellerId,
  o.BuyerId AS buyerId, c.Series AS correctedSeries, c.Year AS correctedYear, c.Number AS correctedNumber
FROM Invoices i
JOIN Orders o ON o.Id = i.OrderId
LEFT JOIN Invoices c ON c.Id = i.CorrectsId
WHERE i.RecipientId = @P1
ORDER BY i.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/invoices.listReceived
SELECT i.Id AS id, i.Kind AS kind, i.Series AS series, i.Year AS year, i.Number AS number, i.Cause AS cause, i.OrderId AS orderId,
  i.RecipientId AS recipientId, i.CorrectsId AS correctsId, i.Currency AS currency, CAST(i.NetMinor AS VARCHAR(20)) AS netMinor,
  CAST(i.VatMinor AS VARCHAR(20)) AS vatMinor, i.VatBasisPoints AS vatBasisPoints, i.VatTreatment AS vatTreatment,
  i.IssuerName AS issuerName, i.IssuerAddress AS issuerAddress, i.IssuerVatNumber AS issuerVatNumber,
  i.RecipientName AS recipientName, i.RecipientAddress AS recipientAddress, i.RecipientVatNumber AS recipientVatNumber,
  i.IsTest AS isTest, i.IssuedAt AS issuedAt, i.StorageKey AS storageKey, i.Sha256 AS sha256, o.SellerId AS sellerId,
  o.BuyerId AS buyerId, c.Series AS correctedSeries, c.Year AS correctedYear, c.Number AS correctedNumber
FROM Invoices i
JOIN Orders o ON o.Id = i.OrderId
LEFT JOIN Invoices c ON c.Id = i.CorrectsId
WHERE i.RecipientId = @P1 AND i.Id < @P2
ORDER BY i.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/orders.items
SELECT i.Id AS id, i.OrderId AS orderId, i.ListingId AS listingId, i.Title AS title, i.Category AS category,
  CAST(i.UnitPriceE8 AS VARCHAR(20)) AS unitPriceE8, i.Quantity AS quantity, i.Stock AS stock
FROM OrderItems i
WHERE i.OrderId IN (@P1)
ORDER BY i.Id
GO
-- repositories/images.leftovers
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.Attempts AS attempts, i.CreatedAt AS createdAt,
  CASE WHEN i.DeletedAt IS NULL THEN 0 ELSE 1 END AS deleted
FROM Images i
WHERE i.LeaseUntil <= @P1 AND (i.DeletedAt IS NOT NULL OR (i.Status IN ('ready', 'failed') AND i.OriginalKey IS NOT NULL))
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/images.begin
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.CreatedAt AS createdAt
FROM Images i
WHERE Id = @P1 AND Status IN ('uploaded', 'processing') AND DeletedAt IS NULL
GO
-- repositories/images.find
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.CreatedAt AS createdAt
FROM Images i
WHERE i.Id = @P1 AND i.DeletedAt IS NULL
GO
-- repositories/images.findLive
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.CreatedAt AS createdAt
FROM Images i
WHERE i.LiveKey = @P1
GO
-- repositories/images.leftovers
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.CreatedAt AS createdAt,
  CASE WHEN i.DeletedAt IS NOT NULL THEN 1 ELSE 0 END AS deleted
FROM Images i
WHERE i.LeaseUntil <= @P1 AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey = CONCAT(@P2, i.Id) AND k.Status = 'running'
  AND k.DueAt > @P3) AND (i.DeletedAt IS NOT NULL OR (i.Status IN ('ready', 'failed') AND i.OriginalKey IS NOT NULL))
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/images.attached
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.CreatedAt AS createdAt, u.AltText AS alt
FROM ImageUses u
JOIN Images i ON i.Id = u.ImageId
WHERE u.Purpose = @P1 AND u.SubjectId = @P2 AND i.DeletedAt IS NULL
ORDER BY u.Position
GO
-- repositories/invalidations.read
SELECT i.Id AS id, i.SellerId AS sellerId, i.Component AS component, i.TriggeredAt AS triggeredAt, i.CompletedAt AS completedAt
FROM SellerCacheInvalidations i
ORDER BY i.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/invalidations.read
SELECT i.Id AS id, i.SellerId AS sellerId, i.Component AS component, i.TriggeredAt AS triggeredAt, i.CompletedAt AS completedAt
FROM SellerCacheInvalidations i
WHERE i.CompletedAt IS NULL AND i.TriggeredAt < @P1
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/imports.openRun
SELECT i.Id AS id, i.Source AS source, i.LinesDone AS linesDone, i.Imported AS imported, i.Rejected AS rejected,
  CASE WHEN i.FinishedAt IS NOT NULL THEN 1 ELSE 0 END AS finished
FROM ImportRuns i
WHERE i.Fingerprint = @P1
GO
-- repositories/imports.findRun
SELECT i.Id AS id, i.Source AS source, i.LinesDone AS linesDone, i.Imported AS imported, i.Rejected AS rejected,
  CASE WHEN i.FinishedAt IS NOT NULL THEN 1 ELSE 0 END AS finished, i.FinishedAt AS finishedAt
FROM ImportRuns i
WHERE i.Fingerprint = @P1
GO
-- repositories/invoices.listExpired
SELECT i.Id AS id, i.StorageKey AS storageKey
FROM Invoices i
JOIN Orders o ON o.Id = i.OrderId
WHERE i.StorageKey <> '' AND o.UpdatedAt < @P1 AND EXISTS (SELECT 1 FROM Users u WHERE u.Id IN (o.BuyerId, o.SellerId)
  AND u.DeletedAt IS NOT NULL)
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/maintenance.processes
SELECT j.Name AS name, j.Holder AS what
FROM JobLeases j
WHERE j.Name LIKE @P1 AND j.NextRunAt >= @P2
GO
-- repositories/moderation.struck
SELECT k.RatingId AS ratingId, k.SellerId AS sellerId, s.FullName AS sellerName, k.RaterId AS raterId, u.FullName AS raterName,
  k.Rating AS rating, k.Comment AS comment, o.Title AS purchase, k.Source AS source, k.OrderId AS orderId, k.Version AS version,
  k.CreatedAt AS createdAt, k.StruckAt AS struckAt, d.Reason AS reason, d.Statement AS statement
FROM StruckRatings k
JOIN Users s ON s.Id = k.SellerId
JOIN Users u ON u.Id = k.RaterId
JOIN RatingDecisions d ON d.Id = k.DecisionId
LEFT JOIN Orders o ON o.Id = k.OrderId
ORDER BY k.StruckAt DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/moderation.findStruck
SELECT k.RatingId AS ratingId, k.SellerId AS sellerId, s.FullName AS sellerName, k.RaterId AS raterId, u.FullName AS raterName,
  k.Rating AS rating, k.Comment AS comment, o.Title AS purchase, k.Source AS source, k.OrderId AS orderId, k.Version AS version,
  k.CreatedAt AS createdAt, k.StruckAt AS struckAt, d.Reason AS reason, d.Statement AS statement
FROM StruckRatings k
JOIN Users s ON s.Id = k.SellerId
JOIN Users u ON u.Id = k.RaterId
JOIN RatingDecisions d ON d.Id = k.DecisionId
LEFT JOIN Orders o ON o.Id = k.OrderId
WHERE k.RatingId = @P1
GO
-- repositories/moderation.struck
SELECT k.RatingId AS ratingId, k.SellerId AS sellerId, s.FullName AS sellerName, k.RaterId AS raterId, u.FullName AS raterName,
  k.Rating AS rating, k.Comment AS comment, o.Title AS purchase, k.Source AS source, k.OrderId AS orderId, k.Version AS version,
  k.CreatedAt AS createdAt, k.StruckAt AS struckAt, d.Reason AS reason, d.Statement AS statement
FROM StruckRatings k
JOIN Users s ON s.Id = k.SellerId
JOIN Users u ON u.Id = k.RaterId
JOIN RatingDecisions d ON d.Id = k.DecisionId
LEFT JOIN Orders o ON o.Id = k.OrderId
WHERE k.SellerId = @P1
ORDER BY k.StruckAt DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/idempotency.claim
SELECT k.RequestHash AS requestHash, k.Status AS status, k.ResponseStatus AS responseStatus, k.ResponseBody AS responseBody,
  k.LockedUntil AS lockedUntil
FROM IdempotencyKeys k
WHERE k.UserId = @P1 AND k.KeyHash = @P2
GO
-- repositories/privacy/erasure.idsOf
SELECT l.Id AS id
FROM SellerListings l
WHERE l.SellerId = @P1 AND NOT (l.Status = 'archived' AND l.Title = @P2)
ORDER BY l.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P2 OR l.Category LIKE @P3 ESCAPE '\') AND l.Currency = @P4 AND l.SearchText LIKE @P5
  AND CASE WHEN l.SearchText LIKE @P6 THEN 1000 ELSE 0 END <= @P7 AND (CASE WHEN l.SearchText LIKE @P8 THEN 1000 ELSE 0 END < @P9
  OR l.Id < @P10)
ORDER BY CASE WHEN l.SearchText LIKE @P11 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P2 OR l.Category LIKE @P3 ESCAPE '\') AND l.Currency = @P4 AND l.SearchText LIKE @P5
ORDER BY CASE WHEN l.SearchText LIKE @P6 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P2 OR l.Category LIKE @P3 ESCAPE '\') AND l.SearchText LIKE @P4
ORDER BY CASE WHEN l.SearchText LIKE @P5 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.Currency = @P2 AND l.PriceE8 >= @P3 AND l.SearchText LIKE @P4
ORDER BY CASE WHEN l.SearchText LIKE @P5 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.EscrowEnabled = 1 AND l.SearchText LIKE @P2
ORDER BY CASE WHEN l.SearchText LIKE @P3 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.SearchText LIKE @P2
ORDER BY CASE WHEN l.SearchText LIKE @P3 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CASE WHEN l.SearchText LIKE @P1 THEN 1000 ELSE 0 END AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.SellerId = @P2 AND l.SearchText LIKE @P3
ORDER BY CASE WHEN l.SearchText LIKE @P4 THEN 1000 ELSE 0 END DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3
ORDER BY l.PriceE8 DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.PriceE8 <= @P4
  AND (l.PriceE8 < @P5 OR l.Id < @P6)
ORDER BY l.PriceE8 DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.PriceE8 >= @P4
  AND (l.PriceE8 > @P5 OR l.Id > @P6)
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.SearchText LIKE @P4
  AND l.PriceE8 <= @P5 AND (l.PriceE8 < @P6 OR l.Id < @P7)
ORDER BY l.PriceE8 DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P8 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.SearchText LIKE @P4
  AND l.PriceE8 >= @P5 AND (l.PriceE8 > @P6 OR l.Id > @P7)
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P8 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.SearchText LIKE @P4
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.SearchText LIKE @P4
ORDER BY l.PriceE8 DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.Currency = @P1 AND l.PriceE8 >= @P2 AND l.PriceE8 <= @P3
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.Currency = @P1 AND l.PriceE8 >= @P2 AND l.PriceE8 <= @P3 AND l.SearchText LIKE @P4
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.Currency = @P1 AND l.SearchText LIKE @P2
ORDER BY l.PriceE8 ASC, l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, CAST(l.PriceE8 AS VARCHAR(20)) AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.Currency = @P1 AND l.SearchText LIKE @P2
ORDER BY l.PriceE8 DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active'
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\')
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.PublishedAt <= @P4
  AND (l.PublishedAt < @P5 OR l.Id < @P6)
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.SearchText LIKE @P4
  AND l.PublishedAt <= @P5 AND (l.PublishedAt < @P6 OR l.Id < @P7)
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P8 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.Currency = @P3 AND l.SearchText LIKE @P4
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND (l.Category = @P1 OR l.Category LIKE @P2 ESCAPE '\') AND l.SearchText LIKE @P3
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.EscrowEnabled = 1 AND l.SellerId = @P1
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.SearchText LIKE @P1
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- engine/listing-search-sqlserver.find
SELECT l.Id AS id, l.PublishedAt AS sortedBy
FROM SellerListings l
WHERE l.Status = 'active' AND l.SellerId = @P1
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/listings.findById
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Quantity AS quantity, l.Reserved AS reserved, l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt,
  l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.Id = @P1
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Quantity AS quantity, l.Reserved AS reserved, l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt,
  l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.Id IN (@P1)
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Quantity AS quantity, l.Reserved AS reserved, l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt,
  l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Id IN (@P2)
GO
-- repositories/stores.featured
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
JOIN StoreFeatured f ON f.SellerId = l.SellerId AND f.ListingId = l.Id
WHERE f.SellerId = @P1 AND l.Status = 'active'
ORDER BY f.Position
GO
-- repositories/listings.findById
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.Id = @P1
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.Id IN (@P1)
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1
ORDER BY l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1
ORDER BY l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1
ORDER BY l.UpdatedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND (l.UpdatedAt < @P2 OR (l.UpdatedAt = @P3 AND l.Id < @P4))
ORDER BY l.UpdatedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Id < @P2
ORDER BY l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Id > @P2
ORDER BY l.Id ASC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Id IN (@P2)
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Status = 'active'
ORDER BY l.CreatedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Status = 'active' AND (l.CreatedAt < @P2 OR (l.CreatedAt = @P3 AND l.Id < @P4))
ORDER BY l.CreatedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Status = @P2
ORDER BY l.UpdatedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.SellerId = @P1 AND l.Title LIKE @P2 ESCAPE '\'
ORDER BY l.UpdatedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/listings.read
SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
  CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName,
  l.Status AS status, l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata,
  l.Version AS version, l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
FROM SellerListings l
JOIN Users s ON s.Id = l.SellerId
JOIN Categories c ON c.Path = l.Category
WHERE l.Status = 'active'
ORDER BY l.PublishedAt DESC, l.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/listings.edit
SELECT l.Id AS id, l.Title AS title, l.Description AS description, l.Metadata AS metadata
FROM SellerListings l
WHERE l.Id = @P1 AND (l.SearchText IS NULL OR l.SearchText = '')
GO
-- repositories/listings.edit
SELECT l.Id AS id, l.Title AS title, l.Description AS description, l.Metadata AS metadata
FROM SellerListings l
WHERE l.Id = @P1 AND l.SearchText IS NULL
GO
-- engine/listing-search-sqlserver.unfoldedTexts, engine/rows.read
SELECT l.Id AS id, l.Title AS title, l.Description AS description, l.Metadata AS metadata
FROM SellerListings l
WHERE l.SearchText IS NULL
ORDER BY l.Id
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/fees.find
SELECT l.RuleId AS ruleId, CAST(l.BaseMinor AS VARCHAR(20)) AS baseMinor, l.BasisPoints AS basisPoints,
  CAST(l.FixedMinor AS VARCHAR(20)) AS fixedMinor, CAST(l.MinimumMinor AS VARCHAR(20)) AS minimumMinor,
  CAST(l.CommissionMinor AS VARCHAR(20)) AS commissionMinor
FROM OrderFeeLines l
WHERE l.OrderId = @P1
ORDER BY l.Line
GO
-- repositories/stores.countListingsSince
SELECT l.SellerId AS sellerId, CAST(COUNT(*) AS INT) AS n
FROM SellerListings l
WHERE l.SellerId IN (@P1) AND l.Status = 'active' AND l.PublishedAt > @P2
GROUP BY l.SellerId
GO
-- repositories/listings.countOwn
SELECT l.Status AS status, CAST(COUNT(*) AS INT) AS n
FROM SellerListings l
WHERE l.SellerId = @P1
GROUP BY l.Status
GO
-- repositories/listings.countOwn
SELECT l.Status AS status, CAST(COUNT(*) AS INT) AS n
FROM SellerListings l
WHERE l.SellerId = @P1 AND l.Title LIKE @P2 ESCAPE '\'
GROUP BY l.Status
GO
-- repositories/invoices.lines
SELECT l.Text AS text, l.Quantity AS quantity, CAST(l.AmountMinor AS VARCHAR(20)) AS amountMinor
FROM InvoiceLines l
WHERE l.InvoiceId = @P1
ORDER BY l.Line
GO
-- repositories/stock.statusBeforeSale
SELECT m.FromStatus AS status
FROM ListingEvents m
WHERE m.Id = (SELECT MAX(n.Id) FROM ListingEvents n WHERE n.ListingId = @P1) AND m.ToStatus = 'sold'
  AND EXISTS (SELECT 1 FROM OrderItems i JOIN OrderEvents e ON e.OrderId = i.OrderId WHERE i.ListingId = @P2
  AND e.ToStatus = 'paid' AND e.At = m.At)
GO
-- repositories/emails.withoutTask
SELECT m.Id AS id
FROM EmailMessages m
WHERE Status IN ('queued', 'sending') AND m.LeaseUntil <= @P1 AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey = CONCAT(@P2,
  m.Id))
ORDER BY m.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/maintenance.withoutTask
SELECT m.Id AS id
FROM MaintenanceRuns m
WHERE (m.Status = 'queued' OR (m.Status = 'running' AND m.HeartbeatAt < @P1))
  AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey LIKE CONCAT('maintenance:', m.Id, ':%') AND k.SettledAt IS NULL)
GO
-- repositories/maintenance.last
SELECT m.Id AS id, m.FinishedAt AS at, m.Done AS sellers, m.Wrong - m.Corrected AS wrong, m.Corrected AS corrected,
  m.Findings AS findings
FROM MaintenanceRuns m
WHERE m.Kind = 'verify' AND m.Status = 'done'
ORDER BY m.FinishedAt DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/emails.unsettled
SELECT m.Id AS id, m.Kind AS kind, m.Recipient AS recipient, m.Subject AS subject, m.TextBody AS text, m.HtmlBody AS html
FROM EmailMessages m
WHERE m.Id = @P1 AND Status IN ('queued', 'sending')
GO
-- repositories/maintenance.read
SELECT m.Id AS id, m.Kind AS kind, m.Status AS status, u.FullName AS requestedBy, m.RequestedAt AS requestedAt,
  m.StartedAt AS startedAt, m.FinishedAt AS finishedAt, m.Total AS total, m.Done AS done, m.Wrong AS wrong,
  m.Corrected AS corrected, m.Message AS message
FROM MaintenanceRuns m
LEFT JOIN Users u ON u.Id = m.RequestedBy
ORDER BY m.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/maintenance.begin, repositories/maintenance.find
SELECT m.Id AS id, m.Kind AS kind, m.Status AS status, u.FullName AS requestedBy, m.RequestedAt AS requestedAt,
  m.StartedAt AS startedAt, m.FinishedAt AS finishedAt, m.Total AS total, m.Done AS done, m.Wrong AS wrong,
  m.Corrected AS corrected, m.Message AS message
FROM MaintenanceRuns m
LEFT JOIN Users u ON u.Id = m.RequestedBy
WHERE m.Id = @P1
GO
-- repositories/maintenance.read
SELECT m.Id AS id, m.Kind AS kind, m.Status AS status, u.FullName AS requestedBy, m.RequestedAt AS requestedAt,
  m.StartedAt AS startedAt, m.FinishedAt AS finishedAt, m.Total AS total, m.Done AS done, m.Wrong AS wrong,
  m.Corrected AS corrected, m.Message AS message
FROM MaintenanceRuns m
LEFT JOIN Users u ON u.Id = m.RequestedBy
WHERE m.OpenKey = @P1
GO
-- repositories/maintenance.read
SELECT m.Id AS id, m.Kind AS kind, m.Status AS status, u.FullName AS requestedBy, m.RequestedAt AS requestedAt,
  m.StartedAt AS startedAt, m.FinishedAt AS finishedAt, m.Total AS total, m.Done AS done, m.Wrong AS wrong,
  m.Corrected AS corrected, m.Message AS message
FROM MaintenanceRuns m
LEFT JOIN Users u ON u.Id = m.RequestedBy
WHERE m.Status = 'queued' OR (m.Status = 'running' AND m.HeartbeatAt < @P1)
ORDER BY m.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/index.addresses
SELECT m.Recipient AS address
FROM EmailMessages m
WHERE m.UserId = @P1
UNION
SELECT u.Email
FROM Users u
WHERE u.Id = @P2
UNION
SELECT c.OldEmail
FROM EmailChanges c
WHERE c.UserId = @P3
UNION
SELECT c.NewEmail
FROM EmailChanges c
WHERE c.UserId = @P4
GO
-- repositories/metrics.ratingPaces
SELECT n.SellerId AS sellerId, u.FullName AS sellerName, n.Ratings AS thisHour,
  (SELECT CAST(COUNT(*) AS INT) FROM SellerRatings b WHERE b.SellerId = n.SellerId AND b.CreatedAt >= @P1
  AND b.CreatedAt < @P2) AS before
FROM (SELECT r.SellerId, CAST(COUNT(*) AS INT) AS Ratings FROM SellerRatings r WHERE r.CreatedAt >= @P3
  AND r.CreatedAt < @P4 GROUP BY r.SellerId) n
JOIN Users u ON u.Id = n.SellerId
GO
-- repositories/onboarding.find
SELECT o.CurrentStep AS currentStep, o.Skipped AS skipped, o.CompletedAt AS completedAt
FROM SellerOnboarding o
WHERE o.UserId = @P1
GO
-- repositories/privacy/index.unpaidOrders
SELECT o.Id AS id
FROM Orders o
WHERE (o.BuyerId = @P1 OR o.SellerId = @P2) AND o.Status = 'placed'
  AND NOT EXISTS (SELECT 1 FROM Payments p WHERE p.OrderId = o.Id AND p.Status IN ('pending', 'captured', 'refunding'))
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/privacy/index.unpaidOrders
SELECT o.Id AS id
FROM Orders o
WHERE (o.BuyerId = @P1 OR o.SellerId = @P2) AND o.Status = 'placed'
  AND NOT EXISTS (SELECT 1 FROM Payments p WHERE p.OrderId = o.Id AND p.Status IN ('pending', 'unresolved', 'captured',
  'refunding'))
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/order-deadlines.idsOf
SELECT o.Id AS id
FROM Orders o
WHERE o.Status = @P1 AND o.DueStatus = @P2 AND o.DueAt <= @P3
ORDER BY o.DueAt, o.Id
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/order-deadlines.idsOf
SELECT o.Id AS id
FROM Orders o
WHERE o.Status = @P1 AND o.DueStatus = @P2 AND o.DueAt <= @P3 AND o.RemindedAt IS NULL
ORDER BY o.DueAt, o.Id
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/privacy/money-records.idsOf
SELECT o.Id AS id
FROM Users u
JOIN Orders o ON o.BuyerId = u.Id
WHERE u.DeletedAt IS NOT NULL AND o.UpdatedAt < @P1 AND EXISTS (SELECT 1 FROM Payments p WHERE p.OrderId = o.Id
  AND (p.Reference <> '' OR p.Failure IS NOT NULL))
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/money-records.idsOf
SELECT o.Id AS id
FROM Users u
JOIN Orders o ON o.BuyerId = u.Id
WHERE u.DeletedAt IS NOT NULL AND o.UpdatedAt < @P1 AND EXISTS (SELECT 1 FROM Users s WHERE s.Id = o.SellerId
  AND s.DeletedAt IS NOT NULL) AND EXISTS (SELECT 1 FROM SellerRatings r WHERE r.OrderId = o.Id) AND o.Title <> 'Purchase'
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/money-records.idsOf
SELECT o.Id AS id
FROM Users u
JOIN Orders o ON o.BuyerId = u.Id
WHERE u.DeletedAt IS NOT NULL AND o.UpdatedAt < @P1 AND EXISTS (SELECT 1 FROM Users s WHERE s.Id = o.SellerId
  AND s.DeletedAt IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM SellerRatings r WHERE r.OrderId = o.Id)
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/money-records.idsOf
SELECT o.Id AS id
FROM Users u
JOIN Orders o ON o.BuyerId = u.Id
WHERE u.DeletedAt IS NOT NULL AND o.UpdatedAt < @P1 AND o.Note IS NOT NULL
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/money-records.idsOf
SELECT o.Id AS id
FROM Users u
JOIN Orders o ON o.SellerId = u.Id
WHERE u.DeletedAt IS NOT NULL AND o.UpdatedAt < @P1 AND EXISTS (SELECT 1 FROM Payments p WHERE p.OrderId = o.Id
  AND (p.Reference <> '' OR p.Failure IS NOT NULL))
ORDER BY o.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.BuyerId = @P2
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/orders.findById
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.Id = @P2
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.GroupId AS groupId, CAST(o.ShippingE8 AS VARCHAR(20)) AS shippingE8, o.Note AS note, o.Delivery AS delivery,
  o.EscrowEnabled AS escrowEnabled, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt,
  o.DueAt AS dueAt, o.DueStatus AS dueStatus, o.Carrier AS carrier, o.TrackingNumber AS trackingNumber
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.BuyerId = @P2
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.GroupId AS groupId, CAST(o.ShippingE8 AS VARCHAR(20)) AS shippingE8, o.Note AS note, o.Delivery AS delivery,
  o.EscrowEnabled AS escrowEnabled, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt,
  o.DueAt AS dueAt, o.DueStatus AS dueStatus, o.Carrier AS carrier, o.TrackingNumber AS trackingNumber
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.BuyerId = @P2 AND o.Status = @P3
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/orders.listOfGroup
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.GroupId AS groupId, CAST(o.ShippingE8 AS VARCHAR(20)) AS shippingE8, o.Note AS note, o.Delivery AS delivery,
  o.EscrowEnabled AS escrowEnabled, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt,
  o.DueAt AS dueAt, o.DueStatus AS dueStatus, o.Carrier AS carrier, o.TrackingNumber AS trackingNumber
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.GroupId = @P2
ORDER BY o.Id
GO
-- repositories/orders.findById
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.GroupId AS groupId, CAST(o.ShippingE8 AS VARCHAR(20)) AS shippingE8, o.Note AS note, o.Delivery AS delivery,
  o.EscrowEnabled AS escrowEnabled, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt,
  o.DueAt AS dueAt, o.DueStatus AS dueStatus, o.Carrier AS carrier, o.TrackingNumber AS trackingNumber
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.Id = @P2
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.GroupId AS groupId, CAST(o.ShippingE8 AS VARCHAR(20)) AS shippingE8, o.Note AS note, o.Delivery AS delivery,
  o.EscrowEnabled AS escrowEnabled, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt,
  o.DueAt AS dueAt, o.DueStatus AS dueStatus, o.Carrier AS carrier, o.TrackingNumber AS trackingNumber
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.SellerId = @P2
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, CASE WHEN p.Provider = @P1 THEN 1 ELSE 0 END AS testPayment,
  r.Id AS ratingId, o.GroupId AS groupId, CAST(o.ShippingE8 AS VARCHAR(20)) AS shippingE8, o.Note AS note, o.Delivery AS delivery,
  o.EscrowEnabled AS escrowEnabled, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt,
  o.DueAt AS dueAt, o.DueStatus AS dueStatus, o.Carrier AS carrier, o.TrackingNumber AS trackingNumber
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.SellerId = @P2 AND o.Status = @P3
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, r.Id AS ratingId, o.CreatedAt AS createdAt,
  o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.BuyerId = @P1
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/orders.findById
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, r.Id AS ratingId, o.CreatedAt AS createdAt,
  o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.Id = @P1
GO
-- repositories/orders.list
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, p.Status AS payment, r.Id AS ratingId, o.CreatedAt AS createdAt,
  o.UpdatedAt AS updatedAt, o.CompletedAt AS completedAt
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN Payments p ON p.OrderId = o.Id
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.SellerId = @P1
ORDER BY o.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/orders.findById
SELECT o.Id AS id, o.ListingId AS listingId, o.SellerId AS sellerId, s.FullName AS sellerName, o.BuyerId AS buyerId,
  b.FullName AS buyerName, o.Title AS title, l.Category AS category, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8,
  o.Currency AS currency, o.Status AS status, r.Id AS ratingId, o.CreatedAt AS createdAt, o.UpdatedAt AS updatedAt,
  o.CompletedAt AS completedAt
FROM Orders o
JOIN Users s ON s.Id = o.SellerId
JOIN Users b ON b.Id = o.BuyerId
JOIN SellerListings l ON l.Id = o.ListingId
LEFT JOIN SellerRatings r ON r.SellerId = o.SellerId AND r.RaterId = o.BuyerId
WHERE o.Id = @P1
GO
-- repositories/privacy/erasure.idsOf
SELECT o.ListingId AS id
FROM Orders o
WHERE o.ListingId IN (@P1)
UNION
SELECT i.ListingId
FROM OrderItems i
WHERE i.ListingId IN (@P2)
GO
-- repositories/ledger.sums
SELECT p.Account AS account, CAST(SUM(p.AmountMinor) AS VARCHAR(20)) AS total
FROM LedgerEntries e
JOIN LedgerPostings p ON p.EntryId = e.Id
WHERE e.OrderId = @P1
GROUP BY p.Account
GO
-- repositories/ledger.linesOf
SELECT p.Account AS account, p.SellerId AS sellerId, CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor
FROM LedgerEntries e
JOIN LedgerPostings p ON p.EntryId = e.Id
WHERE e.Cause = @P1
ORDER BY p.Line
GO
-- repositories/ledger-reports.linesOf
SELECT p.EntryId AS entryId, p.Account AS account, p.SellerId AS sellerId, CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor
FROM LedgerPostings p
WHERE p.EntryId IN (@P1)
ORDER BY p.EntryId, p.Line
GO
-- repositories/moderation.openReports
SELECT p.Id AS id, p.RatingId AS ratingId, p.ReporterId AS reporterId, u.FullName AS reporterName, p.Reason AS reason,
  p.Detail AS detail, p.CreatedAt AS createdAt
FROM RatingReports p
JOIN Users u ON u.Id = p.ReporterId
JOIN SellerRatings r ON r.Id = p.RatingId
WHERE p.DecisionId IS NULL
ORDER BY p.Id
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/payout-files.payoutsOf
SELECT p.Id AS id, p.SellerId AS sellerId, u.FullName AS sellerName, p.Currency AS currency,
  CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor, p.Status AS status, p.Method AS method, p.Reference AS reference,
  p.Masked AS masked, p.IsTest AS isTest, p.FileId AS fileId, p.Reason AS reason, p.CreatedAt AS createdAt, p.SentAt AS sentAt,
  p.SettledAt AS settledAt
FROM Payouts p
JOIN Users u ON u.Id = p.SellerId
WHERE p.FileId = @P1 AND p.Id > @P2
ORDER BY p.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/payouts.find
SELECT p.Id AS id, p.SellerId AS sellerId, u.FullName AS sellerName, p.Currency AS currency,
  CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor, p.Status AS status, p.Method AS method, p.Reference AS reference,
  p.Masked AS masked, p.IsTest AS isTest, p.FileId AS fileId, p.Reason AS reason, p.CreatedAt AS createdAt, p.SentAt AS sentAt,
  p.SettledAt AS settledAt
FROM Payouts p
JOIN Users u ON u.Id = p.SellerId
WHERE p.Id = @P1
GO
-- repositories/payouts.findByReferences
SELECT p.Id AS id, p.SellerId AS sellerId, u.FullName AS sellerName, p.Currency AS currency,
  CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor, p.Status AS status, p.Method AS method, p.Reference AS reference,
  p.Masked AS masked, p.IsTest AS isTest, p.FileId AS fileId, p.Reason AS reason, p.CreatedAt AS createdAt, p.SentAt AS sentAt,
  p.SettledAt AS settledAt
FROM Payouts p
JOIN Users u ON u.Id = p.SellerId
WHERE p.Reference IN (@P1)
GO
-- repositories/payouts.list
SELECT p.Id AS id, p.SellerId AS sellerId, u.FullName AS sellerName, p.Currency AS currency,
  CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor, p.Status AS status, p.Method AS method, p.Reference AS reference,
  p.Masked AS masked, p.IsTest AS isTest, p.FileId AS fileId, p.Reason AS reason, p.CreatedAt AS createdAt, p.SentAt AS sentAt,
  p.SettledAt AS settledAt
FROM Payouts p
JOIN Users u ON u.Id = p.SellerId
WHERE p.SellerId = @P1
ORDER BY p.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/payout-files.waiting
SELECT p.Id AS id, p.SellerId AS sellerId, u.FullName AS sellerName, p.Currency AS currency,
  CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor, p.Status AS status, p.Method AS method, p.Reference AS reference,
  p.Masked AS masked, p.IsTest AS isTest, p.FileId AS fileId, p.Reason AS reason, p.CreatedAt AS createdAt, p.SentAt AS sentAt,
  p.SettledAt AS settledAt
FROM Payouts p
JOIN Users u ON u.Id = p.SellerId
WHERE p.Status = 'pending' AND p.Method = 'sepa' AND p.Id > @P1
  AND NOT EXISTS (SELECT 1 FROM PayoutSettings h WHERE h.SellerId = p.SellerId AND h.HeldReason IS NOT NULL)
ORDER BY p.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/payout-files.waiting
SELECT p.Id AS id, p.SellerId AS sellerId, u.FullName AS sellerName, p.Currency AS currency,
  CAST(p.AmountMinor AS VARCHAR(20)) AS amountMinor, p.Status AS status, p.Method AS method, p.Reference AS reference,
  p.Masked AS masked, p.IsTest AS isTest, p.FileId AS fileId, p.Reason AS reason, p.CreatedAt AS createdAt, p.SentAt AS sentAt,
  p.SettledAt AS settledAt
FROM Payouts p
JOIN Users u ON u.Id = p.SellerId
WHERE p.Status = 'pending' AND p.Method = 'sepa' AND p.Id > @P1 AND p.IsTest = 0
  AND NOT EXISTS (SELECT 1 FROM PayoutSettings h WHERE h.SellerId = p.SellerId AND h.HeldReason IS NOT NULL)
ORDER BY p.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/passkeys.find
SELECT p.Id AS id, p.UserId AS userId, p.CredentialId AS credentialId, p.PublicKey AS publicKey,
  CAST(p.SignCount AS VARCHAR(20)) AS counter, p.Transports AS transports, p.Name AS name, p.CreatedAt AS createdAt,
  p.LastUsedAt AS lastUsedAt
FROM Passkeys p
WHERE p.CredentialHash = @P1
GO
-- repositories/passkeys.listOf
SELECT p.Id AS id, p.UserId AS userId, p.CredentialId AS credentialId, p.PublicKey AS publicKey,
  CAST(p.SignCount AS VARCHAR(20)) AS counter, p.Transports AS transports, p.Name AS name, p.CreatedAt AS createdAt,
  p.LastUsedAt AS lastUsedAt
FROM Passkeys p
WHERE p.UserId = @P1
ORDER BY p.CreatedAt, p.Id
GO
-- repositories/payments.find
SELECT p.OrderId AS orderId, p.Provider AS provider, p.Reference AS reference, CAST(p.AmountE8 AS VARCHAR(20)) AS amountE8,
  p.Currency AS currency, p.Status AS status, p.Attempt AS attempt
FROM Payments p
WHERE p.OrderId = @P1
GO
-- repositories/payments.find
SELECT p.OrderId AS orderId, p.Provider AS provider, p.Reference AS reference, CAST(p.AmountE8 AS VARCHAR(20)) AS amountE8,
  p.Currency AS currency, p.Status AS status, p.Attempt AS attempt, CAST(p.RefundedE8 AS VARCHAR(20)) AS refundedE8,
  CAST(p.RefundPendingE8 AS VARCHAR(20)) AS refundPendingE8, p.Failure AS failure, COALESCE(p.BegunAt, p.UpdatedAt) AS begunAt
FROM Payments p
WHERE p.OrderId = @P1
GO
-- repositories/payments.listUnresolved
SELECT p.OrderId AS orderId, p.Provider AS provider, p.Reference AS reference, CAST(p.AmountE8 AS VARCHAR(20)) AS amountE8,
  p.Currency AS currency, p.Status AS status, p.Attempt AS attempt, CAST(p.RefundedE8 AS VARCHAR(20)) AS refundedE8,
  CAST(p.RefundPendingE8 AS VARCHAR(20)) AS refundPendingE8, p.Failure AS failure, COALESCE(p.BegunAt, p.UpdatedAt) AS begunAt
FROM Payments p
WHERE p.Status = 'unresolved'
ORDER BY p.OrderId
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/sellers.profileOf
SELECT p.TierId AS tierId, p.ContactEmail AS contactEmail, p.ShowContactEmail AS showContactEmail, p.Website AS website,
  p.SocialLinks AS socialLinks, p.UpdatedAt AS updatedAt
FROM SellerProfiles p
WHERE p.UserId = @P1
GO
-- repositories/metrics.requests
SELECT q.Endpoint AS endpoint, CAST(SUM(q.Requests) AS INT) AS requests, CAST(SUM(q.Errors) AS INT) AS errors,
  CAST(SUM(q.To25) AS INT) AS to25, CAST(SUM(q.To50) AS INT) AS to50, CAST(SUM(q.To100) AS INT) AS to100,
  CAST(SUM(q.To250) AS INT) AS to250, CAST(SUM(q.To500) AS INT) AS to500, CAST(SUM(q.To1000) AS INT) AS to1000,
  CAST(SUM(q.To2500) AS INT) AS to2500, CAST(SUM(q.Longer) AS INT) AS longer
FROM RequestSamples q
WHERE q.At >= @P1
GROUP BY q.Endpoint
ORDER BY SUM(q.Requests) DESC
GO
-- repositories/fees.rulesFor
SELECT r.Id AS id, r.CategoryPath AS categoryPath, r.SellerId AS sellerId, r.Tier AS tier, r.BasisPoints AS basisPoints,
  CAST(r.FixedMinor AS VARCHAR(20)) AS fixedMinor, CAST(r.MinimumMinor AS VARCHAR(20)) AS minimumMinor, r.Currency AS currency,
  r.ValidFrom AS validFrom, r.ValidUntil AS validUntil
FROM CommissionRules r
WHERE (r.SellerId IS NULL OR r.SellerId = @P1) AND r.ValidFrom <= @P2 AND (r.ValidUntil IS NULL OR r.ValidUntil > @P3)
ORDER BY r.Id
GO
-- repositories/fees.listRules
SELECT r.Id AS id, r.CategoryPath AS categoryPath, r.SellerId AS sellerId, r.Tier AS tier, r.BasisPoints AS basisPoints,
  CAST(r.FixedMinor AS VARCHAR(20)) AS fixedMinor, CAST(r.MinimumMinor AS VARCHAR(20)) AS minimumMinor, r.Currency AS currency,
  r.ValidFrom AS validFrom, r.ValidUntil AS validUntil, s.FullName AS sellerName,
  (SELECT CAST(COUNT(DISTINCT l.OrderId) AS INT) FROM OrderFeeLines l WHERE l.RuleId = r.Id) AS orders
FROM CommissionRules r
LEFT JOIN Users s ON s.Id = r.SellerId
WHERE (r.ValidUntil IS NULL OR r.ValidUntil > @P1)
ORDER BY r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/fees.findRule
SELECT r.Id AS id, r.CategoryPath AS categoryPath, r.SellerId AS sellerId, r.Tier AS tier, r.BasisPoints AS basisPoints,
  CAST(r.FixedMinor AS VARCHAR(20)) AS fixedMinor, CAST(r.MinimumMinor AS VARCHAR(20)) AS minimumMinor, r.Currency AS currency,
  r.ValidFrom AS validFrom, r.ValidUntil AS validUntil, s.FullName AS sellerName,
  (SELECT CAST(COUNT(DISTINCT l.OrderId) AS INT) FROM OrderFeeLines l WHERE l.RuleId = r.Id) AS orders
FROM CommissionRules r
LEFT JOIN Users s ON s.Id = r.SellerId
WHERE r.Id = @P1
GO
-- repositories/fees.listRules
SELECT r.Id AS id, r.CategoryPath AS categoryPath, r.SellerId AS sellerId, r.Tier AS tier, r.BasisPoints AS basisPoints,
  CAST(r.FixedMinor AS VARCHAR(20)) AS fixedMinor, CAST(r.MinimumMinor AS VARCHAR(20)) AS minimumMinor, r.Currency AS currency,
  r.ValidFrom AS validFrom, r.ValidUntil AS validUntil, s.FullName AS sellerName,
  (SELECT CAST(COUNT(DISTINCT l.OrderId) AS INT) FROM OrderFeeLines l WHERE l.RuleId = r.Id) AS orders
FROM CommissionRules r
LEFT JOIN Users s ON s.Id = r.SellerId
WHERE r.ValidUntil <= @P1
ORDER BY r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/email-ownership.find
SELECT r.Id AS id, r.Email AS email, r.ExpiresAt AS expiresAt, r.UserId AS userId, r.TokenHash AS tokenHash, r.UsedAt AS usedAt
FROM PasswordResets r
WHERE r.Id = @P1
GO
-- repositories/email-ownership.findByToken
SELECT r.Id AS id, r.Email AS email, r.ExpiresAt AS expiresAt, r.UserId AS userId, r.TokenHash AS tokenHash, r.UsedAt AS usedAt
FROM PasswordResets r
WHERE r.TokenHash = @P1
GO
-- repositories/rollouts.find
SELECT r.Id AS id, r.FlagName AS flag, r.Status AS status, r.Phases AS phases, r.Phase AS phase,
  r.StartPercentage AS startPercentage, r.WaitMinutes AS waitMinutes, r.RequestsMin AS requestsMin,
  r.ErrorRateMaxPermille AS errorRateMaxPermille, r.P95MaxMs AS p95MaxMs, u.FullName AS requestedBy, r.RequestedAt AS requestedAt,
  r.PhaseStartedAt AS phaseStartedAt, r.FinishedAt AS finishedAt, r.Message AS message, r.Guards AS guards
FROM FeatureRollouts r
LEFT JOIN Users u ON u.Id = r.RequestedBy
WHERE r.Id = @P1
GO
-- repositories/rollouts.read
SELECT r.Id AS id, r.FlagName AS flag, r.Status AS status, r.Phases AS phases, r.Phase AS phase,
  r.StartPercentage AS startPercentage, r.WaitMinutes AS waitMinutes, r.RequestsMin AS requestsMin,
  r.ErrorRateMaxPermille AS errorRateMaxPermille, r.P95MaxMs AS p95MaxMs, u.FullName AS requestedBy, r.RequestedAt AS requestedAt,
  r.PhaseStartedAt AS phaseStartedAt, r.FinishedAt AS finishedAt, r.Message AS message, r.Guards AS guards
FROM FeatureRollouts r
LEFT JOIN Users u ON u.Id = r.RequestedBy
WHERE r.Id IN (SELECT MAX(l.Id) FROM FeatureRollouts l GROUP BY l.FlagName)
ORDER BY r.Id
GO
-- repositories/rollouts.read
SELECT r.Id AS id, r.FlagName AS flag, r.Status AS status, r.Phases AS phases, r.Phase AS phase,
  r.StartPercentage AS startPercentage, r.WaitMinutes AS waitMinutes, r.RequestsMin AS requestsMin,
  r.ErrorRateMaxPermille AS errorRateMaxPermille, r.P95MaxMs AS p95MaxMs, u.FullName AS requestedBy, r.RequestedAt AS requestedAt,
  r.PhaseStartedAt AS phaseStartedAt, r.FinishedAt AS finishedAt, r.Message AS message, r.Guards AS guards
FROM FeatureRollouts r
LEFT JOIN Users u ON u.Id = r.RequestedBy
WHERE r.Status IN ('running', 'paused')
ORDER BY r.Id
GO
-- repositories/aggregates.openRun
SELECT r.Id AS id, r.LastSellerId AS lastSellerId, r.Checked AS checked, r.Corrected AS corrected
FROM RecalculationRuns r
WHERE r.Scope = @P1 AND r.FinishedAt IS NULL
ORDER BY r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/refunds.find
SELECT r.Id AS id, r.OrderId AS orderId, CAST(r.AmountE8 AS VARCHAR(20)) AS amountE8, r.Reason AS reason,
  r.RequestedBy AS requestedBy, r.Status AS status, r.Attempt AS attempt, r.ProviderKey AS "key", r.KeyedAt AS keyedAt,
  r.Reference AS reference, r.Failure AS failure, r.CreatedAt AS createdAt, r.UpdatedAt AS updatedAt
FROM Refunds r
WHERE r.Id = @P1
GO
-- repositories/refunds.listOf
SELECT r.Id AS id, r.OrderId AS orderId, CAST(r.AmountE8 AS VARCHAR(20)) AS amountE8, r.Reason AS reason,
  r.RequestedBy AS requestedBy, r.Status AS status, r.Attempt AS attempt, r.ProviderKey AS "key", r.KeyedAt AS keyedAt,
  r.Reference AS reference, r.Failure AS failure, r.CreatedAt AS createdAt, r.UpdatedAt AS updatedAt
FROM Refunds r
WHERE r.OrderId = @P1
ORDER BY r.Id
GO
-- repositories/refunds.listUnresolved
SELECT r.Id AS id, r.OrderId AS orderId, CAST(r.AmountE8 AS VARCHAR(20)) AS amountE8, r.Reason AS reason,
  r.RequestedBy AS requestedBy, r.Status AS status, r.Attempt AS attempt, r.ProviderKey AS "key", r.KeyedAt AS keyedAt,
  r.Reference AS reference, r.Failure AS failure, r.CreatedAt AS createdAt, r.UpdatedAt AS updatedAt
FROM Refunds r
WHERE r.Status = 'unresolved'
ORDER BY r.Id
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/ratings.viewerMarks
SELECT r.Id AS id, r.RaterId AS raterId, r.OrderId AS orderId, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful
FROM SellerRatings r
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.Id IN (@P2) AND (r.RaterId = @P3 OR v.UserId IS NOT NULL)
GO
-- repositories/ratings.findById
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, CASE WHEN r.Source = 'purchase' AND (p.Provider IS NULL
  OR p.Provider <> @P1) THEN 1 ELSE 0 END AS verified, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN Payments p ON p.OrderId = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P2
WHERE r.Id = @P3
GO
-- repositories/ratings.listByRater
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, CASE WHEN r.Source = 'purchase' AND (p.Provider IS NULL
  OR p.Provider <> @P1) THEN 1 ELSE 0 END AS verified, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN Payments p ON p.OrderId = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P2
WHERE r.RaterId = @P3
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, CASE WHEN r.Source = 'purchase' AND (p.Provider IS NULL
  OR p.Provider <> @P1) THEN 1 ELSE 0 END AS verified, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN Payments p ON p.OrderId = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P2
WHERE r.SellerId = @P3
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.findById
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.Id = @P2
GO
-- repositories/ratings.listByRater
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.RaterId = @P2
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.listByRater
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.RaterId = @P2 AND (r.CreatedAt < @P3 OR (r.CreatedAt = @P4 AND r.Id < @P5))
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2
ORDER BY r.HelpfulCount DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2
ORDER BY r.Rating ASC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2
ORDER BY r.Rating DESC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND (r.Comment LIKE @P3 ESCAPE '\' OR o.Title LIKE @P4 ESCAPE '\')
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND (r.CreatedAt < @P3 OR (r.CreatedAt = @P4 AND r.Id < @P5))
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND (r.HelpfulCount < @P3 OR (r.HelpfulCount = @P4 AND r.Id < @P5))
ORDER BY r.HelpfulCount DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P6 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND (r.Rating < @P3 OR (r.Rating = @P4 AND (r.CreatedAt < @P5 OR (r.CreatedAt = @P6 AND r.Id < @P7))))
ORDER BY r.Rating DESC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P8 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND (r.Rating > @P3 OR (r.Rating = @P4 AND (r.CreatedAt < @P5 OR (r.CreatedAt = @P6 AND r.Id < @P7))))
ORDER BY r.Rating ASC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P8 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Comment IS NOT NULL
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Comment IS NOT NULL AND y.RatingId IS NULL
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL
ORDER BY r.HelpfulCount DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL
ORDER BY r.Rating ASC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL
ORDER BY r.Rating DESC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL AND (r.CreatedAt < @P4 OR (r.CreatedAt = @P5 AND r.Id < @P6))
ORDER BY r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL AND (r.HelpfulCount < @P4 OR (r.HelpfulCount = @P5
  AND r.Id < @P6))
ORDER BY r.HelpfulCount DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL AND (r.Rating < @P4 OR (r.Rating = @P5 AND (r.CreatedAt < @P6
  OR (r.CreatedAt = @P7 AND r.Id < @P8))))
ORDER BY r.Rating DESC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY
GO
-- repositories/ratings.list
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NOT NULL THEN 1 ELSE 0 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.SellerId = @P2 AND r.Rating = @P3 AND r.Comment IS NOT NULL AND (r.Rating > @P4 OR (r.Rating = @P5 AND (r.CreatedAt < @P6
  OR (r.CreatedAt = @P7 AND r.Id < @P8))))
ORDER BY r.Rating ASC, r.CreatedAt DESC, r.Id DESC
OFFSET 0 ROWS FETCH NEXT @P9 ROWS ONLY
GO
-- repositories/ratings.findById
SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, r.RaterId AS raterId, u.FullName AS raterName,
  r.Rating AS rating, r.Comment AS comment, r.Source AS source, r.OrderId AS orderId, o.Title AS purchase, r.Version AS version,
  r.HelpfulCount AS helpfulCount, CASE WHEN v.UserId IS NULL THEN 0 ELSE 1 END AS foundHelpful, r.CreatedAt AS createdAt,
  r.UpdatedAt AS updatedAt, y.Text AS replyText, y.UpdatedAt AS replyAt, y.Version AS replyVersion
FROM SellerRatings r
JOIN Users s ON s.Id = r.SellerId
JOIN Users u ON u.Id = r.RaterId
LEFT JOIN Orders o ON o.Id = r.OrderId
LEFT JOIN RatingReplies y ON y.RatingId = r.Id
LEFT JOIN RatingHelpfulVotes v ON v.RatingId = r.Id AND v.UserId = @P1
WHERE r.Id = @P2
GO
-- repositories/ratings.ratedSellers
SELECT r.SellerId AS id
FROM SellerRatings r
WHERE r.RaterId = @P1
UNION
SELECT k.SellerId AS id
FROM StruckRatings k
WHERE k.RaterId = @P2
GO
-- repositories/imports.ratedPairs
SELECT r.SellerId AS sellerId, r.RaterId AS raterId
FROM SellerRatings r
JOIN (SELECT sellerId, raterId FROM (VALUES (@P1, @P2)) v (sellerId, raterId)) w ON w.sellerId = r.SellerId
  AND w.raterId = r.RaterId
UNION ALL
SELECT k.SellerId, k.RaterId
FROM StruckRatings k
JOIN (SELECT sellerId, raterId FROM (VALUES (@P3, @P4)) v (sellerId, raterId)) w ON w.sellerId = k.SellerId
  AND w.raterId = k.RaterId
GO
-- repositories/insights.sources
SELECT r.Source AS source, CAST(COUNT(*) AS INT) AS n
FROM SellerRatings r
WHERE r.SellerId = @P1
GROUP BY r.Source
GO
-- repositories/stores.settings
SELECT s.About AS about, s.Accent AS accent, s.ShippingPolicy AS shippingPolicy, s.ReturnsPolicy AS returnsPolicy,
  s.ContactPolicy AS contactPolicy, s.Version AS version
FROM Stores s
WHERE s.SellerId = @P1
GO
-- repositories/payouts.settings
SELECT s.Schedule AS schedule, s.NextAt AS nextAt, s.HeldReason AS heldReason, s.HeldAt AS heldAt, s.ReturnedAt AS returnedAt
FROM PayoutSettings s
WHERE s.SellerId = @P1
GO
-- repositories/privacy/index.followed
SELECT s.SellerId AS id
FROM StoreFollows s
WHERE s.UserId = @P1
ORDER BY s.SellerId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/payouts.due
SELECT s.SellerId AS sellerId, s.NextAt AS nextAt
FROM PayoutSettings s
WHERE s.NextAt <= @P1
ORDER BY s.NextAt, s.SellerId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Address AS address, t.ChainId AS chainId, t.LinkedAt AS linkedAt
FROM Wallets t
WHERE t.UserId = @P1
ORDER BY t.Address
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.EntryId AS entryId, t.Line AS line, t.PayoutId AS belongsTo
FROM PayoutLines t
WHERE t.PayoutId IN (@P1)
ORDER BY t.PayoutId, t.EntryId
GO
-- repositories/privacy/section.read
SELECT t.Feature AS feature, t.Score AS score, t.At AS at
FROM FeatureFeedback t
WHERE t.UserId = @P1
ORDER BY t.Feature
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/flags.read
SELECT t.FlagName AS flag, t.Kind AS kind, t.Value AS value
FROM FeatureFlagTargets t
ORDER BY t.Kind, t.Value
GO
-- repositories/privacy/section.read
SELECT t.Format AS format, t.Width AS width, t.Height AS height, t.Bytes AS bytes, t.ImageId AS belongsTo
FROM ImageVariants t
WHERE t.ImageId IN (@P1)
ORDER BY t.ImageId, t.Width
GO
-- repositories/privacy/section.read
SELECT t.FromStatus AS "from", t.ToStatus AS "to", t.ActorId AS actorId, t.At AS at, t.OrderId AS belongsTo
FROM OrderEvents t
WHERE t.OrderId IN (@P1)
ORDER BY t.OrderId, t.Id
GO
-- repositories/privacy/section.read
SELECT t.FromStatus AS "from", t.ToStatus AS "to", t.ActorId AS actorId, t.Reason AS reason, t.At AS at, t.OrderId AS belongsTo
FROM OrderEvents t
WHERE t.OrderId IN (@P1)
ORDER BY t.OrderId, t.Id
GO
-- repositories/privacy/section.read
SELECT t.FromStatus AS "from", t.ToStatus AS "to", t.At AS at, t.ListingId AS belongsTo
FROM ListingEvents t
WHERE t.ListingId IN (@P1)
ORDER BY t.ListingId, t.Id
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, CAST(t.AmountE8 AS VARCHAR(20)) AS amountE8, t.Reason AS reason, t.Status AS status, t.CreatedAt AS createdAt,
  t.UpdatedAt AS settledAt, t.OrderId AS belongsTo
FROM Refunds t
WHERE t.OrderId IN (@P1)
ORDER BY t.OrderId, t.Id
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, CAST(t.AmountMinor AS VARCHAR(20)) AS amountMinor, t.Currency AS currency, t.Status AS status,
  t.Reference AS reference, t.Masked AS destination, t.Reason AS reason, t.CreatedAt AS createdAt, t.SentAt AS sentAt,
  t.SettledAt AS settledAt
FROM Payouts t
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, r.FullName AS raterName, t.Rating AS rating, t.Comment AS comment, t.Source AS source,
  t.HelpfulCount AS helpfulCount, t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt
FROM SellerRatings t
JOIN Users r ON r.Id = t.RaterId
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, s.FullName AS sellerName, t.Rating AS rating, t.Comment AS comment, t.OrderId AS orderId, t.Source AS source,
  t.HelpfulCount AS helpfulCount, t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt
FROM SellerRatings t
JOIN Users s ON s.Id = t.SellerId
WHERE t.RaterId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.At AS at, t.Action AS action, t.Entity AS entity, t.EntityId AS entityId, t.AddressPrefix AS network
FROM AuditLog t
WHERE t.ActorId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.At AS at, t.Action AS action, t.Entity AS entity, t.EntityId AS entityId, t.Detail AS detail
FROM AuditLog t
WHERE t.Entity IN ('user', 'seller') AND t.EntityId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.At AS at, t.Action AS action, t.Entity AS entity, t.EntityId AS entityId, t.Detail AS detail
FROM AuditLog t
WHERE t.Entity IN ('user', 'seller') AND t.EntityId = @P1 AND t.Id > @P2
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.CategoryPath AS category, t.Tier AS tier, t.BasisPoints AS basisPoints,
  CAST(t.FixedMinor AS VARCHAR(20)) AS fixedMinor, CAST(t.MinimumMinor AS VARCHAR(20)) AS minimumMinor, t.Currency AS currency,
  t.ValidFrom AS validFrom, t.ValidUntil AS validUntil
FROM CommissionRules t
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Currency AS currency, t.RecipientName AS recipientName, t.Line1 AS line1, t.Line2 AS line2,
  t.PostalCode AS postalCode, t.City AS city, t.Region AS region, t.Country AS country, t.Phone AS phone, t.CreatedAt AS createdAt
FROM OrderGroups t
WHERE t.BuyerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.DecisionId AS decisionId, t.Text AS text, t.Status AS status, t.CreatedAt AS createdAt
FROM RatingAppeals t
WHERE t.AppellantId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Device AS device, t.CreatedAt AS createdAt, t.LastUsedAt AS lastUsedAt, t.ExpiresAt AS expiresAt,
  t.RevokedAt AS endedAt
FROM Sessions t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Email AS email, t.CreatedAt AS createdAt, t.ExpiresAt AS expiresAt, t.UsedAt AS usedAt
FROM PasswordResets t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Email AS email, t.EmailSetAt AS emailSetAt, t.EmailVerifiedAt AS emailConfirmedAt, t.FullName AS fullName,
  t.DisabledAt AS disabledAt, t.CreatedAt AS createdAt
FROM Users t
WHERE t.Id = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Kind AS kind, t.Recipient AS recipient, t.Subject AS subject, t.Status AS status, t.CreatedAt AS createdAt,
  t.SettledAt AS settledAt
FROM EmailMessages t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Kind AS kind, t.Series AS series, t.Year AS year, t.Number AS number, t.OrderId AS orderId,
  t.Currency AS currency, CAST(t.NetMinor AS VARCHAR(20)) AS netMinor, CAST(t.VatMinor AS VARCHAR(20)) AS vatMinor,
  t.VatBasisPoints AS vatBasisPoints, t.VatTreatment AS vatTreatment, t.IssuerName AS issuerName,
  t.IssuerAddress AS issuerAddress, t.IssuerVatNumber AS issuerVatNumber, t.RecipientName AS recipientName,
  t.RecipientAddress AS recipientAddress, t.RecipientVatNumber AS recipientVatNumber, t.IssuedAt AS issuedAt
FROM Invoices t
WHERE t.RecipientId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.ListingId AS listingId, t.Title AS title, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8,
  CAST(t.ShippingE8 AS VARCHAR(20)) AS shippingE8, t.Currency AS currency, t.Status AS status, t.CreatedAt AS createdAt,
  t.UpdatedAt AS updatedAt, t.CompletedAt AS completedAt, t.GroupId AS checkoutId, t.Note AS note, t.Delivery AS delivery,
  t.EscrowEnabled AS escrowEnabled, t.Carrier AS carrier, t.TrackingNumber AS trackingNumber, b.FullName AS buyerName
FROM Orders t
JOIN Users b ON b.Id = t.BuyerId
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.ListingId AS listingId, t.Title AS title, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8,
  CAST(t.ShippingE8 AS VARCHAR(20)) AS shippingE8, t.Currency AS currency, t.Status AS status, t.CreatedAt AS createdAt,
  t.UpdatedAt AS updatedAt, t.CompletedAt AS completedAt, t.GroupId AS checkoutId, t.Note AS note, t.Delivery AS delivery,
  t.EscrowEnabled AS escrowEnabled, t.Carrier AS carrier, t.TrackingNumber AS trackingNumber, b.FullName AS buyerName
FROM Orders t
JOIN Users b ON b.Id = t.BuyerId
WHERE t.SellerId = @P1 AND t.Id > @P2
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.ListingId AS listingId, t.Title AS title, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8,
  CAST(t.ShippingE8 AS VARCHAR(20)) AS shippingE8, t.Currency AS currency, t.Status AS status, t.CreatedAt AS createdAt,
  t.UpdatedAt AS updatedAt, t.CompletedAt AS completedAt, t.GroupId AS checkoutId, t.Note AS note, t.Delivery AS delivery,
  t.EscrowEnabled AS escrowEnabled, t.Carrier AS carrier, t.TrackingNumber AS trackingNumber, s.FullName AS sellerName
FROM Orders t
JOIN Users s ON s.Id = t.SellerId
WHERE t.BuyerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.ListingId AS listingId, t.Title AS title, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8, t.Currency AS currency,
  t.Status AS status, t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt, t.CompletedAt AS completedAt, b.FullName AS buyerName
FROM Orders t
JOIN Users b ON b.Id = t.BuyerId
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.ListingId AS listingId, t.Title AS title, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8, t.Currency AS currency,
  t.Status AS status, t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt, t.CompletedAt AS completedAt, b.FullName AS buyerName
FROM Orders t
JOIN Users b ON b.Id = t.BuyerId
WHERE t.SellerId = @P1 AND t.Id > @P2
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.ListingId AS listingId, t.Title AS title, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8, t.Currency AS currency,
  t.Status AS status, t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt, t.CompletedAt AS completedAt, s.FullName AS sellerName
FROM Orders t
JOIN Users s ON s.Id = t.SellerId
WHERE t.BuyerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Name AS name, t.CreatedAt AS createdAt, t.LastUsedAt AS lastUsedAt
FROM Passkeys t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/tasks.claimKey
SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt
FROM Tasks t
WHERE t.TaskKey = @P1 AND SettledAt IS NULL AND DueAt <= @P2
GO
-- repositories/tasks.listDead
SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt, t.Failure AS failure, t.SettledAt AS settledAt
FROM Tasks t
WHERE t.Status = 'dead'
ORDER BY t.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/tasks.findDead
SELECT t.Id AS id, t.Name AS name, t.TaskKey AS "key", t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
  t.TraceParent AS traceParent, t.CreatedAt AS createdAt, t.Failure AS failure, t.SettledAt AS settledAt
FROM Tasks t
WHERE t.Status = 'dead' AND t.Id = @P1
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.OldEmail AS oldEmail, t.NewEmail AS newEmail, t.CreatedAt AS createdAt, t.ExpiresAt AS expiresAt,
  t.SettledAt AS settledAt, t.Outcome AS outcome
FROM EmailChanges t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Purpose AS purpose, t.Status AS status, t.Bytes AS bytes, t.Width AS width, t.Height AS height,
  t.CreatedAt AS createdAt, t.DeletedAt AS deletedAt
FROM Images t
WHERE t.OwnerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.RatingId AS ratingId, t.Rating AS rating, t.Comment AS comment, t.Action AS action, t.Reason AS reason,
  t.Statement AS statement, t.At AS at
FROM RatingDecisions t
WHERE t.RaterId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.RatingId AS ratingId, t.Rating AS rating, t.Comment AS comment, t.Action AS action, t.Reason AS reason,
  t.Statement AS statement, t.At AS at
FROM RatingDecisions t
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.RatingId AS ratingId, t.Reason AS reason, t.Detail AS detail, t.CreatedAt AS createdAt
FROM RatingReports t
WHERE t.ReporterId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.RatingId AS ratingId, t.Version AS version, t.Action AS action, t.Rating AS rating, t.Comment AS comment,
  t.At AS at
FROM SellerRatingHistory t
WHERE t.RaterId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.RatingId AS ratingId, t.Version AS version, t.Action AS action, t.Rating AS rating, t.Comment AS comment,
  t.At AS at
FROM SellerRatingHistory t
WHERE t.RaterId = @P1 AND t.Id > @P2
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.RecipientName AS recipientName, t.Line1 AS line1, t.Line2 AS line2, t.PostalCode AS postalCode,
  t.City AS city, t.Region AS region, t.Country AS country, t.Phone AS phone, t.CreatedAt AS createdAt, t.LastUsedAt AS lastUsedAt
FROM Addresses t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Status AS status, t.LegalName AS legalName, t.Country AS country, t.CreatedAt AS createdAt,
  t.SubmittedAt AS submittedAt, t.DecidedAt AS decidedAt, t.Reason AS reason
FROM SellerVerifications t
WHERE t.UserId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Title AS title, t.Description AS description, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8,
  t.Currency AS currency, t.Category AS category, t.Quantity AS quantity, t.Reserved AS reserved, t.Status AS status,
  t.EscrowEnabled AS escrowEnabled, t.ShippingInfo AS shippingInfo, t.Metadata AS attributes, t.PublishedAt AS publishedAt,
  t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt
FROM SellerListings t
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Title AS title, t.Description AS description, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8,
  t.Currency AS currency, t.Category AS category, t.Status AS status, t.EscrowEnabled AS escrowEnabled,
  t.ShippingInfo AS shippingInfo, t.Metadata AS attributes, t.PublishedAt AS publishedAt, t.CreatedAt AS createdAt,
  t.UpdatedAt AS updatedAt
FROM SellerListings t
WHERE t.SellerId = @P1
ORDER BY t.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Id AS id, t.Type AS type, t.Bytes AS bytes, t.CreatedAt AS createdAt, t.StoredAt AS storedAt, t.RemovedAt AS deletedAt,
  t.VerificationId AS belongsTo
FROM SellerVerificationFiles t
WHERE t.VerificationId IN (@P1)
ORDER BY t.VerificationId, t.Id
GO
-- repositories/privacy/section.read
SELECT t.ListingId AS listingId, t.Position AS position
FROM StoreFeatured t
WHERE t.SellerId = @P1
ORDER BY t.ListingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.ListingId AS listingId, t.Quantity AS quantity, CAST(t.PriceE8 AS VARCHAR(20)) AS priceE8, t.Currency AS currency,
  t.AddedAt AS addedAt
FROM BasketItems t
WHERE t.UserId = @P1
ORDER BY t.ListingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.ListingId AS listingId, t.Title AS title, t.Category AS category, CAST(t.UnitPriceE8 AS VARCHAR(20)) AS unitPriceE8,
  t.Quantity AS quantity, t.OrderId AS belongsTo
FROM OrderItems t
WHERE t.OrderId IN (@P1)
ORDER BY t.OrderId, t.Id
GO
-- repositories/privacy/section.read
SELECT t.Number AS number, t.UsedAt AS usedAt
FROM RecoveryCodes t
WHERE t.UserId = @P1
ORDER BY t.Number
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.OrderId AS orderId, t.Currency AS currency, CAST(t.BaseMinor AS VARCHAR(20)) AS baseMinor,
  CAST(t.CommissionMinor AS VARCHAR(20)) AS commissionMinor, CAST(t.VatMinor AS VARCHAR(20)) AS vatMinor,
  t.VatBasisPoints AS vatBasisPoints, t.VatTreatment AS vatTreatment, t.VatCountry AS vatCountry, t.FrozenAt AS frozenAt
FROM OrderFees t
JOIN Orders o ON o.Id = t.OrderId
WHERE o.SellerId = @P1
ORDER BY t.OrderId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/sellers.countByCategory
SELECT t.Path AS path, t.Name AS name, n.sellers AS sellers
FROM (SELECT LEFT(l.Category, CHARINDEX('/', l.Category + '/') - 1) AS widest,
  COUNT(DISTINCT l.SellerId) AS sellers FROM SellerListings l WHERE l.Status = 'active' GROUP BY LEFT(l.Category, CHARINDEX('/',
  l.Category + '/') - 1)) n
JOIN Categories t ON t.Path = n.widest
ORDER BY t.Position, t.Path
GO
-- repositories/privacy/section.read
SELECT t.Purpose AS purpose, t.SubjectId AS subjectId, t.AltText AS description, t.ImageId AS belongsTo
FROM ImageUses t
WHERE t.ImageId IN (@P1)
ORDER BY t.ImageId, t.Position
GO
-- repositories/privacy/section.read
SELECT t.RatingId AS id, t.Rating AS rating, t.CreatedAt AS createdAt, t.StruckAt AS struckAt, r.FullName AS raterName
FROM StruckRatings t
JOIN Users r ON r.Id = t.RaterId
WHERE t.SellerId = @P1
ORDER BY t.RatingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.RatingId AS id, t.Rating AS rating, t.CreatedAt AS createdAt, t.StruckAt AS struckAt, t.Comment AS comment,
  s.FullName AS sellerName
FROM StruckRatings t
JOIN Users s ON s.Id = t.SellerId
WHERE t.RaterId = @P1
ORDER BY t.RatingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.RatingId AS ratingId, t.CreatedAt AS at
FROM RatingHelpfulVotes t
WHERE t.UserId = @P1
ORDER BY t.RatingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.RatingId AS ratingId, t.Text AS text, t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt
FROM RatingReplies t
WHERE t.SellerId = @P1
ORDER BY t.RatingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.Role AS role, t.GrantedAt AS grantedAt
FROM UserRoles t
WHERE t.UserId = @P1
ORDER BY t.Role
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.SellerId AS sellerId, s.FullName AS sellerName, t.CreatedAt AS since
FROM StoreFollows t
JOIN Users s ON s.Id = t.SellerId
WHERE t.UserId = @P1
ORDER BY t.SellerId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.SellerId AS sellerId, t.About AS about, t.Accent AS accent, t.ShippingPolicy AS shippingPolicy,
  t.ReturnsPolicy AS returnsPolicy, t.ContactPolicy AS contactPolicy, t.UpdatedAt AS updatedAt
FROM Stores t
WHERE t.SellerId = @P1
ORDER BY t.SellerId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.SellerId AS sellerId, t.Schedule AS schedule, t.NextAt AS nextAt, t.HeldReason AS heldReason, t.ReturnedAt AS returnedAt
FROM PayoutSettings t
WHERE t.SellerId = @P1
ORDER BY t.SellerId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.SellerId AS sellerId, t.VisitedAt AS visitedAt, t.PreviousAt AS previousAt
FROM DashboardVisits t
WHERE t.SellerId = @P1
ORDER BY t.SellerId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.UserId AS userId, t.Bio AS bio, t.Location AS location, t.TierId AS tier, t.ContactEmail AS contactEmail,
  t.ShowContactEmail AS showContactEmail, t.Website AS website, t.SocialLinks AS socialLinks, t.ClosedUntil AS closedUntil,
  t.CreatedAt AS createdAt, t.UpdatedAt AS updatedAt
FROM SellerProfiles t
WHERE t.UserId = @P1
ORDER BY t.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.UserId AS userId, t.CreatedAt AS createdAt, t.EnabledAt AS enabledAt
FROM AuthenticatorApps t
WHERE t.UserId = @P1
ORDER BY t.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.UserId AS userId, t.CurrentStep AS currentStep, t.Skipped AS skipped, t.CompletedAt AS completedAt,
  t.UpdatedAt AS updatedAt
FROM SellerOnboarding t
WHERE t.UserId = @P1
ORDER BY t.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.UserId AS userId, t.Method AS method, t.Masked AS masked, t.Currency AS currency, t.CreatedAt AS createdAt,
  t.UpdatedAt AS updatedAt
FROM SellerPayoutDetails t
WHERE t.UserId = @P1
ORDER BY t.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/fees.taxDetails
SELECT t.UserId AS userId, t.Name AS name, t.Address AS address, t.Country AS country, t.VatNumber AS vatNumber,
  t.UpdatedAt AS updatedAt
FROM SellerTaxDetails t
WHERE t.UserId = @P1
GO
-- repositories/privacy/section.read
SELECT t.UserId AS userId, t.Name AS name, t.Address AS address, t.Country AS country, t.VatNumber AS vatNumber,
  t.UpdatedAt AS updatedAt
FROM SellerTaxDetails t
WHERE t.UserId = @P1
ORDER BY t.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/privacy/section.read
SELECT t.UserId AS userId, t.VisitedAt AS visitedAt, t.PreviousAt AS previousAt
FROM FollowingVisits t
WHERE t.UserId = @P1
ORDER BY t.UserId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/accounts.findByEmail
SELECT u.Id AS id
FROM Users u
WHERE u.Email = @P1
ORDER BY CASE WHEN u.EmailVerifiedAt IS NULL THEN 1 ELSE 0 END, COALESCE(u.EmailSetAt, u.CreatedAt), u.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/accounts.signInCandidates
SELECT u.Id AS id
FROM Users u
WHERE u.Email = @P1 AND (u.EmailVerifiedAt IS NOT NULL OR COALESCE(u.EmailSetAt, u.CreatedAt) <= @P2)
ORDER BY CASE WHEN u.EmailVerifiedAt IS NULL THEN 1 ELSE 0 END, COALESCE(u.EmailSetAt, u.CreatedAt), u.Id
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/accounts.signInCandidates
SELECT u.Id AS id
FROM Users u
WHERE u.Email = @P1 AND u.EmailVerifiedAt IS NULL
ORDER BY COALESCE(u.EmailSetAt, u.CreatedAt) DESC, u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/moderation.records
SELECT u.Id AS id, (SELECT CAST(COUNT(*) AS INT) FROM SellerRatings r WHERE r.RaterId = u.Id) AS given,
  (SELECT CAST(COUNT(*) AS INT) FROM StruckRatings k WHERE k.RaterId = u.Id) AS struck
FROM Users u
WHERE u.Id IN (@P1)
GO
-- repositories/aggregates.findDiscrepancies
SELECT u.Id AS id, CAST(COUNT(*) AS INT) AS days
FROM (SELECT x.SellerId, x.Day FROM (SELECT d.SellerId, d.Day, d.Stars1 AS n1, d.Stars2 AS n2, d.Stars3 AS n3, d.Stars4 AS n4,
  d.Stars5 AS n5 FROM SellerRatingDays d UNION ALL SELECT r.SellerId, DATEDIFF(DAY, '1970-01-01', r.CreatedAt),
  CASE WHEN r.Rating = 1 THEN -1 ELSE 0 END, CASE WHEN r.Rating = 2 THEN -1 ELSE 0 END, CASE WHEN r.Rating = 3 THEN -1 ELSE 0 END,
  CASE WHEN r.Rating = 4 THEN -1 ELSE 0 END,
  CASE WHEN r.Rating = 5 THEN -1 ELSE 0 END FROM SellerRatings r) x GROUP BY x.SellerId, x.Day HAVING SUM(x.n1) <> 0
  OR SUM(x.n2) <> 0 OR SUM(x.n3) <> 0 OR SUM(x.n4) <> 0 OR SUM(x.n5) <> 0) y
JOIN Users u ON u.Id = y.SellerId
WHERE 1 = 1
GROUP BY u.Id
GO
-- repositories/aggregates.findDiscrepancies
SELECT u.Id AS id, CAST(COUNT(*) AS INT) AS days
FROM (SELECT x.SellerId, x.Day FROM (SELECT d.SellerId, d.Day, d.Stars1 AS n1, d.Stars2 AS n2, d.Stars3 AS n3, d.Stars4 AS n4,
  d.Stars5 AS n5 FROM SellerRatingDays d WHERE d.SellerId > @P1 AND d.SellerId <= @P2 UNION ALL SELECT r.SellerId, DATEDIFF(DAY,
  '1970-01-01', r.CreatedAt), CASE WHEN r.Rating = 1 THEN -1 ELSE 0 END, CASE WHEN r.Rating = 2 THEN -1 ELSE 0 END,
  CASE WHEN r.Rating = 3 THEN -1 ELSE 0 END, CASE WHEN r.Rating = 4 THEN -1 ELSE 0 END,
  CASE WHEN r.Rating = 5 THEN -1 ELSE 0 END FROM SellerRatings r WHERE r.SellerId > @P3
  AND r.SellerId <= @P4) x GROUP BY x.SellerId, x.Day HAVING SUM(x.n1) <> 0 OR SUM(x.n2) <> 0 OR SUM(x.n3) <> 0 OR SUM(x.n4) <> 0
  OR SUM(x.n5) <> 0) y
JOIN Users u ON u.Id = y.SellerId
WHERE 1 = 1
GROUP BY u.Id
GO
-- repositories/aggregates.findDiscrepancies
SELECT u.Id AS id, CAST(COUNT(*) AS INT) AS days
FROM (SELECT x.SellerId, x.Day FROM (SELECT d.SellerId, d.Day, d.Stars1 AS n1, d.Stars2 AS n2, d.Stars3 AS n3, d.Stars4 AS n4,
  d.Stars5 AS n5 FROM SellerRatingDays d WHERE d.SellerId > @P1 AND d.SellerId <= @P2 UNION ALL SELECT r.SellerId, DATEDIFF(DAY,
  '1970-01-01', r.CreatedAt), CASE WHEN r.Rating = 1 THEN -1 ELSE 0 END, CASE WHEN r.Rating = 2 THEN -1 ELSE 0 END,
  CASE WHEN r.Rating = 3 THEN -1 ELSE 0 END, CASE WHEN r.Rating = 4 THEN -1 ELSE 0 END,
  CASE WHEN r.Rating = 5 THEN -1 ELSE 0 END FROM SellerRatings r WHERE r.SellerId > @P3
  AND r.SellerId <= @P4) x GROUP BY x.SellerId, x.Day HAVING SUM(x.n1) <> 0 OR SUM(x.n2) <> 0 OR SUM(x.n3) <> 0 OR SUM(x.n4) <> 0
  OR SUM(x.n5) <> 0) y
JOIN Users u ON u.Id = y.SellerId
WHERE 1 = 1 AND u.Id = @P5
GROUP BY u.Id
GO
-- repositories/sellers.names
SELECT u.Id AS id, u.FullName AS name
FROM Users u
WHERE u.Id IN (@P1)
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
ORDER BY CASE WHEN u.TotalRatings >= @P2 THEN 0 ELSE 1 END ASC, COALESCE(u.RatingLowerBound, 0) DESC, u.TotalRatings DESC,
  u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
ORDER BY u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
ORDER BY u.TotalRatings DESC, u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE (CASE WHEN u.TotalRatings >= @P2 THEN 0 ELSE 1 END > @P3 OR (CASE WHEN u.TotalRatings >= @P4 THEN 0 ELSE 1 END = @P5
  AND (COALESCE(u.RatingLowerBound, 0) < @P6 OR (COALESCE(u.RatingLowerBound, 0) = @P7 AND (u.TotalRatings < @P8
  OR (u.TotalRatings = @P9 AND u.Id < @P10))))))
ORDER BY CASE WHEN u.TotalRatings >= @P11 THEN 0 ELSE 1 END ASC, COALESCE(u.RatingLowerBound, 0) DESC, u.TotalRatings DESC,
  u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P12 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE (u.TotalRatings < @P2 OR (u.TotalRatings = @P3 AND u.Id < @P4))
ORDER BY u.TotalRatings DESC, u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE EXISTS (SELECT 1 FROM SellerListings c WHERE c.SellerId = u.Id AND c.Status = 'active' AND (c.Category = @P2
  OR c.Category LIKE @P3 ESCAPE '\'))
ORDER BY u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.Id < @P2
ORDER BY u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.read
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.Id = @P2
GO
-- repositories/images.shown, repositories/sellers.read
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.Id IN (@P2)
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.SearchName LIKE @P2 ESCAPE '\'
ORDER BY CASE WHEN u.TotalRatings >= @P3 THEN 0 ELSE 1 END ASC, COALESCE(u.RatingLowerBound, 0) DESC, u.TotalRatings DESC,
  u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.SearchName LIKE @P2 ESCAPE '\'
ORDER BY u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.read
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.TotalRatings < @P2
ORDER BY u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.TotalRatings >= @P2
ORDER BY CASE WHEN u.TotalRatings >= @P3 THEN 0 ELSE 1 END ASC, COALESCE(u.RatingLowerBound, 0) DESC, u.TotalRatings DESC,
  u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.TotalRatings >= @P2
ORDER BY u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/sellers.find
SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, p.ClosedUntil AS closedUntil, COALESCE(p.CreatedAt,
  u.CreatedAt) AS sellingSince, (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id
  AND l.Status = 'active') AS listingCount, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5,
  CASE WHEN u.TotalRatings >= @P1 THEN 0 ELSE 1 END AS isNew, COALESCE(u.RatingLowerBound, 0) AS lowerBound
FROM Users u
JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
LEFT JOIN SellerProfiles p ON p.UserId = u.Id
WHERE u.TotalRatings >= @P2
ORDER BY u.TotalRatings DESC, u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/metrics.topSellers
SELECT u.Id AS id, u.FullName AS name, u.RatingLowerBound AS lowerBound, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3,
  u.Stars4 AS s4, u.Stars5 AS s5
FROM Users u
WHERE u.RatingLowerBound IS NOT NULL AND u.TotalRatings >= @P1
ORDER BY u.RatingLowerBound DESC, u.TotalRatings DESC, u.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/aggregates.findDiscrepancies
SELECT u.Id AS id, u.Stars1 AS s1, CAST(COALESCE(c.n1, 0) AS INT) AS c1, u.Stars2 AS s2, CAST(COALESCE(c.n2, 0) AS INT) AS c2,
  u.Stars3 AS s3, CAST(COALESCE(c.n3, 0) AS INT) AS c3, u.Stars4 AS s4, CAST(COALESCE(c.n4, 0) AS INT) AS c4, u.Stars5 AS s5,
  CAST(COALESCE(c.n5, 0) AS INT) AS c5
FROM Users u
LEFT JOIN (SELECT r.SellerId, SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END) AS n1,
  SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END) AS n2, SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END) AS n3,
  SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END) AS n4,
  SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END) AS n5 FROM SellerRatings r GROUP BY r.SellerId) c ON c.SellerId = u.Id
WHERE (u.Stars1 <> COALESCE(c.n1, 0) OR u.Stars2 <> COALESCE(c.n2, 0) OR u.Stars3 <> COALESCE(c.n3, 0)
  OR u.Stars4 <> COALESCE(c.n4, 0) OR u.Stars5 <> COALESCE(c.n5, 0))
ORDER BY u.Id
GO
-- repositories/aggregates.findDiscrepancies
SELECT u.Id AS id, u.Stars1 AS s1, CAST(COALESCE(c.n1, 0) AS INT) AS c1, u.Stars2 AS s2, CAST(COALESCE(c.n2, 0) AS INT) AS c2,
  u.Stars3 AS s3, CAST(COALESCE(c.n3, 0) AS INT) AS c3, u.Stars4 AS s4, CAST(COALESCE(c.n4, 0) AS INT) AS c4, u.Stars5 AS s5,
  CAST(COALESCE(c.n5, 0) AS INT) AS c5
FROM Users u
LEFT JOIN (SELECT r.SellerId, SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END) AS n1,
  SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END) AS n2, SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END) AS n3,
  SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END) AS n4,
  SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END) AS n5 FROM SellerRatings r WHERE r.SellerId > @P1
  AND r.SellerId <= @P2 GROUP BY r.SellerId) c ON c.SellerId = u.Id
WHERE (u.Stars1 <> COALESCE(c.n1, 0) OR u.Stars2 <> COALESCE(c.n2, 0) OR u.Stars3 <> COALESCE(c.n3, 0)
  OR u.Stars4 <> COALESCE(c.n4, 0) OR u.Stars5 <> COALESCE(c.n5, 0)) AND u.Id > @P3 AND u.Id <= @P4
ORDER BY u.Id
GO
-- repositories/aggregates.findDiscrepancies
SELECT u.Id AS id, u.Stars1 AS s1, CAST(COALESCE(c.n1, 0) AS INT) AS c1, u.Stars2 AS s2, CAST(COALESCE(c.n2, 0) AS INT) AS c2,
  u.Stars3 AS s3, CAST(COALESCE(c.n3, 0) AS INT) AS c3, u.Stars4 AS s4, CAST(COALESCE(c.n4, 0) AS INT) AS c4, u.Stars5 AS s5,
  CAST(COALESCE(c.n5, 0) AS INT) AS c5
FROM Users u
LEFT JOIN (SELECT r.SellerId, SUM(CASE WHEN r.Rating = 1 THEN 1 ELSE 0 END) AS n1,
  SUM(CASE WHEN r.Rating = 2 THEN 1 ELSE 0 END) AS n2, SUM(CASE WHEN r.Rating = 3 THEN 1 ELSE 0 END) AS n3,
  SUM(CASE WHEN r.Rating = 4 THEN 1 ELSE 0 END) AS n4,
  SUM(CASE WHEN r.Rating = 5 THEN 1 ELSE 0 END) AS n5 FROM SellerRatings r WHERE r.SellerId > @P1
  AND r.SellerId <= @P2 GROUP BY r.SellerId) c ON c.SellerId = u.Id
WHERE (u.Stars1 <> COALESCE(c.n1, 0) OR u.Stars2 <> COALESCE(c.n2, 0) OR u.Stars3 <> COALESCE(c.n3, 0)
  OR u.Stars4 <> COALESCE(c.n4, 0) OR u.Stars5 <> COALESCE(c.n5, 0)) AND u.Id > @P3 AND u.Id <= @P4 AND u.Id = @P5
ORDER BY u.Id
GO
-- repositories/histogram.readHistograms
SELECT u.Id AS id, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5
FROM Users u
WHERE u.Id IN (@P1)
GO
-- repositories/payouts.sellersWithMoney
SELECT u.Id AS sellerId, u.FullName AS sellerName
FROM LedgerBalances b
JOIN Users u ON u.Id = b.SellerId
WHERE b.SellerId > @P1 AND b.Account IN ('seller_balance', 'reserve', 'seller_debt') AND b.BalanceMinor <> 0
GROUP BY u.Id, u.FullName
ORDER BY u.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/images.uses
SELECT u.ImageId AS imageId, u.AltText AS alt, i.Status AS status
FROM ImageUses u
JOIN Images i ON i.Id = u.ImageId
WHERE u.Purpose = @P1 AND u.SubjectId = @P2
ORDER BY u.Position
GO
-- repositories/images.placesOf
SELECT u.Purpose AS purpose, u.SubjectId AS subjectId
FROM ImageUses u
WHERE u.ImageId = @P1
GO
-- repositories/images.shown
SELECT u.SubjectId AS subjectId, i.Id AS id, u.AltText AS alt, i.Width AS width, i.Height AS height, COALESCE(i.Blur, '') AS blur
FROM ImageUses u
JOIN Images i ON i.Id = u.ImageId
WHERE u.Purpose = @P1 AND u.SubjectId IN (@P2) AND i.Status = 'ready' AND i.DeletedAt IS NULL
  AND u.Position = (SELECT MIN(e.Position) FROM ImageUses e JOIN Images r ON r.Id = e.ImageId WHERE e.Purpose = u.Purpose
  AND e.SubjectId = u.SubjectId AND r.Status = 'ready')
ORDER BY u.SubjectId, u.Position
GO
-- repositories/flags.read
SELECT v.FlagName AS flag, v.Name AS name, v.Weight AS weight
FROM FeatureFlagVariants v
ORDER BY v.Position
GO
-- repositories/verifications.find
SELECT v.Id AS id, v.UserId AS userId, v.Status AS status, v.LegalName AS legalName, v.Country AS country,
  v.CreatedAt AS createdAt, v.SubmittedAt AS submittedAt, v.DecidedAt AS decidedAt, v.Reason AS reason
FROM SellerVerifications v
WHERE v.Id = @P1
GO
-- repositories/verifications.latest
SELECT v.Id AS id, v.UserId AS userId, v.Status AS status, v.LegalName AS legalName, v.Country AS country,
  v.CreatedAt AS createdAt, v.SubmittedAt AS submittedAt, v.DecidedAt AS decidedAt, v.Reason AS reason
FROM SellerVerifications v
WHERE v.UserId = @P1
ORDER BY v.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/verifications.latest
SELECT v.Id AS id, v.UserId AS userId, v.Status AS status, v.LegalName AS legalName, v.Country AS country,
  v.CreatedAt AS createdAt, v.SubmittedAt AS submittedAt, v.DecidedAt AS decidedAt, v.Reason AS reason
FROM SellerVerifications v
WHERE v.UserId = @P1 AND v.Status IN ('approved', 'rejected')
ORDER BY v.Id DESC
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/verifications.waiting
SELECT v.Id AS id, v.UserId AS userId, v.Status AS status, v.LegalName AS legalName, v.Country AS country,
  v.CreatedAt AS createdAt, v.SubmittedAt AS submittedAt, v.DecidedAt AS decidedAt, v.Reason AS reason, u.FullName AS sellerName,
  (SELECT CAST(COUNT(*) AS INT) FROM SellerVerifications r WHERE r.UserId = v.UserId AND r.Status = 'rejected'
  AND r.Id <> v.Id) AS rejectedBefore
FROM SellerVerifications v
JOIN Users u ON u.Id = v.UserId
WHERE v.Status = 'submitted'
ORDER BY v.SubmittedAt, v.Id
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/verifications.decided
SELECT v.Id AS id, v.UserId AS userId, v.Status AS status, v.LegalName AS legalName, v.Country AS country,
  v.CreatedAt AS createdAt, v.SubmittedAt AS submittedAt, v.DecidedAt AS decidedAt, v.Reason AS reason, u.FullName AS sellerName,
  (SELECT CAST(COUNT(*) AS INT) FROM SellerVerifications r WHERE r.UserId = v.UserId AND r.Status = 'rejected'
  AND r.Id <> v.Id) AS rejectedBefore, a.FullName AS deciderName
FROM SellerVerifications v
JOIN Users u ON u.Id = v.UserId
JOIN Users a ON a.Id = v.DecidedBy
WHERE v.Status IN ('approved', 'rejected')
ORDER BY v.DecidedAt DESC, v.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/images.variantsOf
SELECT v.ImageId AS imageId, v.Format AS format, v.Width AS width, v.Height AS height, v.StorageKey AS storageKey,
  v.Bytes AS bytes
FROM ImageVariants v
WHERE v.ImageId IN (@P1)
GO
-- repositories/stores.previousVisit
SELECT v.PreviousAt AS previousAt
FROM FollowingVisits v
WHERE v.UserId = @P1
GO
-- repositories/privacy/erasure.idsOf
SELECT v.RatingId AS id
FROM RatingHelpfulVotes v
WHERE v.UserId = @P1
ORDER BY v.RatingId
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- repositories/ledger-checks.last
SELECT v.StartedAt AS startedAt, v.FinishedAt AS finishedAt, v.Entries AS entries, v.Payments AS payments, v.Posted AS posted,
  v.Differences AS differences, v.Findings AS findings
FROM LedgerVerifications v
ORDER BY v.Id DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/verifications.submissionsSince
SELECT v.SubmittedAt AS at
FROM SellerVerifications v
WHERE v.UserId = @P1 AND v.SubmittedAt > @P2
ORDER BY v.SubmittedAt DESC
OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/ledger-checks.wrongBalances
SELECT x.SellerId AS id, x.Currency AS currency, x.Account AS account, CAST(SUM(x.Stored) AS VARCHAR(20)) AS stored,
  CAST(SUM(x.Counted) AS VARCHAR(20)) AS counted
FROM (SELECT b.SellerId, b.Currency, b.Account, b.BalanceMinor AS Stored,
  CAST(0 AS BIGINT) AS Counted FROM LedgerBalances b WHERE b.SellerId > @P1 AND b.SellerId <= @P2 UNION ALL SELECT p.SellerId,
  p.Currency, p.Account, 0, SUM(p.AmountMinor) FROM LedgerPostings p WHERE p.SellerId > @P3
  AND p.SellerId <= @P4 GROUP BY p.SellerId, p.Currency, p.Account UNION ALL SELECT 0, p.Currency, p.Account, 0,
  SUM(p.AmountMinor) FROM LedgerPostings p WHERE p.SellerId IS NULL GROUP BY p.Currency, p.Account) x
GROUP BY x.SellerId, x.Currency, x.Account
HAVING SUM(x.Stored) <> SUM(x.Counted)
ORDER BY x.SellerId
GO
-- repositories/ledger-checks.wrongBalances
SELECT x.SellerId AS id, x.Currency AS currency, x.Account AS account, CAST(SUM(x.Stored) AS VARCHAR(20)) AS stored,
  CAST(SUM(x.Counted) AS VARCHAR(20)) AS counted
FROM (SELECT b.SellerId, b.Currency, b.Account, b.BalanceMinor AS Stored,
  CAST(0 AS BIGINT) AS Counted FROM LedgerBalances b WHERE b.SellerId > @P1 AND b.SellerId <= @P2 UNION ALL SELECT p.SellerId,
  p.Currency, p.Account, 0, SUM(p.AmountMinor) FROM LedgerPostings p WHERE p.SellerId > @P3
  AND p.SellerId <= @P4 GROUP BY p.SellerId, p.Currency, p.Account) x
GROUP BY x.SellerId, x.Currency, x.Account
HAVING SUM(x.Stored) <> SUM(x.Counted)
ORDER BY x.SellerId
GO
-- repositories/ratings.ratingEligibility
SELECT x.sellerName AS sellerName, x.raterName AS raterName, x.ratingId AS ratingId,
  CASE WHEN x.struck = 1 THEN 1 ELSE 0 END AS struck, x.orderId AS orderId, o.Title AS purchase, CASE WHEN (p.Provider IS NULL
  OR p.Provider <> @P1) THEN 1 ELSE 0 END AS verified
FROM (SELECT s.FullName AS sellerName, u.FullName AS raterName, (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id
  AND r.RaterId = u.Id) AS ratingId, CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
  (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND o.Status = 'completed'
  AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
  AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId FROM Users s JOIN Users u ON u.Id = @P2 LEFT JOIN (SELECT t.RaterId,
  MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t WHERE t.SellerId = @P3
  AND t.RaterId = @P4 GROUP BY t.RaterId) k ON k.RaterId = u.Id WHERE s.Id = @P5) x
LEFT JOIN Orders o ON o.Id = x.orderId
LEFT JOIN Payments p ON p.OrderId = x.orderId
GO
-- repositories/ratings.ratingEligibility
SELECT x.sellerName AS sellerName, x.raterName AS raterName, x.ratingId AS ratingId,
  CASE WHEN x.struck = 1 THEN 1 ELSE 0 END AS struck, x.orderId AS orderId, o.Title AS purchase, CASE WHEN (p.Provider IS NULL
  OR p.Provider <> @P1) THEN 1 ELSE 0 END AS verified
FROM (SELECT s.FullName AS sellerName, u.FullName AS raterName, (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id
  AND r.RaterId = u.Id) AS ratingId, CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
  (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND o.Status = 'completed' AND o.Id = @P2
  AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
  AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId FROM Users s JOIN Users u ON u.Id = @P3 LEFT JOIN (SELECT t.RaterId,
  MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t WHERE t.SellerId = @P4
  AND t.RaterId = @P5 GROUP BY t.RaterId) k ON k.RaterId = u.Id WHERE s.Id = @P6) x
LEFT JOIN Orders o ON o.Id = x.orderId
LEFT JOIN Payments p ON p.OrderId = x.orderId
GO
-- repositories/ratings.ratingEligibility
SELECT x.sellerName AS sellerName, x.raterName AS raterName, x.ratingId AS ratingId,
  CASE WHEN x.struck = 1 THEN 1 ELSE 0 END AS struck, x.orderId AS orderId, p.Title AS purchase
FROM (SELECT s.FullName AS sellerName, u.FullName AS raterName, (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id
  AND r.RaterId = u.Id) AS ratingId, CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
  (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND o.Status = 'completed'
  AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
  AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId FROM Users s JOIN Users u ON u.Id = @P1 LEFT JOIN (SELECT t.RaterId,
  MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t WHERE t.SellerId = @P2
  AND t.RaterId = @P3 GROUP BY t.RaterId) k ON k.RaterId = u.Id WHERE s.Id = @P4) x
LEFT JOIN Orders p ON p.Id = x.orderId
GO
-- repositories/ratings.ratingEligibility
SELECT x.sellerName AS sellerName, x.raterName AS raterName, x.ratingId AS ratingId,
  CASE WHEN x.struck = 1 THEN 1 ELSE 0 END AS struck, x.orderId AS orderId, p.Title AS purchase
FROM (SELECT s.FullName AS sellerName, u.FullName AS raterName, (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id
  AND r.RaterId = u.Id) AS ratingId, CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
  (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND o.Status = 'completed' AND o.Id = @P1
  AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
  AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId FROM Users s JOIN Users u ON u.Id = @P2 LEFT JOIN (SELECT t.RaterId,
  MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t WHERE t.SellerId = @P3
  AND t.RaterId = @P4 GROUP BY t.RaterId) k ON k.RaterId = u.Id WHERE s.Id = @P5) x
LEFT JOIN Orders p ON p.Id = x.orderId
GO
-- repositories/moderation.restore
SET IDENTITY_INSERT SellerRatings ON; INSERT INTO SellerRatings (Id, Version, SellerId, RaterId, Rating, Comment, OrderId, Source,
  ImportRunId, HelpfulCount, CreatedAt, UpdatedAt)
SELECT RatingId, Version, SellerId, RaterId, Rating, Comment, OrderId, Source, ImportRunId, HelpfulCount, CreatedAt, UpdatedAt
FROM StruckRatings
WHERE RatingId = @P1;
SET IDENTITY_INSERT SellerRatings OFF
GO
-- repositories/alerts.markDelivered
UPDATE Alerts
SET DeliveredAt = @P1
WHERE Id = @P2
GO
-- repositories/alerts.release
UPDATE Alerts
SET OpenKey = @P1
WHERE Id = @P2
GO
-- repositories/alerts.acknowledge
UPDATE Alerts
SET Status = 'acknowledged', AcknowledgedBy = @P1, AcknowledgedAt = @P2
WHERE Id = @P3 AND Status = 'open'
GO
-- repositories/alerts.close
UPDATE Alerts
SET Status = 'closed', ClosedBy = @P1, ClosedAt = @P2, Note = @P3
WHERE Id = @P4 AND Status IN ('open', 'acknowledged')
GO
-- repositories/privacy/erasure.closeAccount
UPDATE Alerts
SET Title = 'About a former member', Evidence = 'The account was deleted.', Note = NULL
WHERE SellerId = @P1
GO
-- repositories/privacy/erasure.closeAccount
UPDATE Alerts
SET Title = 'About a former member', Evidence = 'The account was deleted.', Note = NULL
WHERE SellerId = @P1 OR (Kind = 'discrepancies' AND Title LIKE @P2 ESCAPE '\')
GO
-- repositories/alerts.raise
UPDATE Alerts
SET Title = @P1, Evidence = @P2, SellerId = @P3, LastSeenAt = @P4
WHERE OpenKey = @P5
GO
-- repositories/attempts.giveBack
UPDATE AttemptCounters
SET Attempts = Attempts - 1
WHERE KeyHash = @P1 AND Attempts > 0
GO
-- repositories/attempts.count
UPDATE AttemptCounters
SET Attempts = CASE WHEN ExpiresAt <= @P1 THEN 1 ELSE Attempts + 1 END,
  ExpiresAt = CASE WHEN ExpiresAt <= @P2 THEN @P3 ELSE @P4 END
WHERE KeyHash = @P5 AND (ExpiresAt <= @P6 OR Attempts < @P7)
GO
-- repositories/attempts.count
UPDATE AttemptCounters
SET Attempts = CASE WHEN ExpiresAt <= @P1 THEN 1 ELSE Attempts + 1 END,
  ExpiresAt = CASE WHEN ExpiresAt <= @P2 THEN @P3 ELSE ExpiresAt END
WHERE KeyHash = @P4 AND (ExpiresAt <= @P5 OR Attempts < @P6)
GO
-- repositories/privacy/erasure.erase
UPDATE AuditLog
SET AddressPrefix = NULL
WHERE Id IN (SELECT e.Id FROM AuditLog e WHERE e.ActorId = @P1
  AND e.AddressPrefix IS NOT NULL ORDER BY e.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.erase
UPDATE AuditLog
SET Detail = NULL
WHERE Id IN (SELECT e.Id FROM AuditLog e WHERE e.ActorId = @P1 AND e.Entity = 'listing'
  AND e.Detail IS NOT NULL ORDER BY e.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.erase
UPDATE AuditLog
SET Detail = NULL
WHERE Id IN (SELECT e.Id FROM AuditLog e WHERE e.Entity = 'verification'
  AND e.EntityId IN (SELECT CAST(v.Id AS VARCHAR(20)) FROM SellerVerifications v WHERE v.UserId = @P1)
  AND e.Detail IS NOT NULL ORDER BY e.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.erase
UPDATE AuditLog
SET Detail = NULL
WHERE Id IN (SELECT e.Id FROM AuditLog e WHERE e.Entity IN ('user', 'seller') AND e.EntityId = @P1
  AND e.Detail IS NOT NULL ORDER BY e.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/categories.changed
UPDATE Categories
SET Name = @P1
WHERE Path = @P2
GO
-- repositories/categories.changed
UPDATE Categories
SET RetiredAt = @P1
WHERE Path = @P2
GO
-- repositories/insights.SellerId
UPDATE DashboardVisits
SET PreviousAt = VisitedAt, VisitedAt = @P1
WHERE SellerId = @P2 AND VisitedAt <= @P3
GO
-- repositories/insights.visit
UPDATE DashboardVisits
SET VisitedAt = @P1
WHERE SellerId = @P2 AND VisitedAt > @P3
GO
-- repositories/emails.postpone
UPDATE EmailMessages
SET Status = 'queued', Failure = @P1
WHERE Id = @P2 AND Status = 'sending'
GO
-- repositories/emails.begin
UPDATE EmailMessages
SET Status = 'sending', Holder = @P1, LeaseUntil = @P2, Attempts = Attempts + 1
WHERE Id = @P3 AND Status IN ('queued', 'sending') AND (Status = 'queued' OR Holder = @P4 OR LeaseUntil <= @P5)
GO
-- repositories/emails.settle
UPDATE EmailMessages
SET Status = @P1, Failure = @P2, SettledAt = @P3, TextBody = '', HtmlBody = ''
WHERE Id = @P4 AND Status IN ('queued', 'sending')
GO
-- repositories/insights.UserId
UPDATE FeatureFeedback
SET Score = @P1, At = @P2
WHERE UserId = @P3 AND Feature = @P4
GO
-- repositories/flags.markUndone
UPDATE FeatureFlagChanges
SET UndoneBy = @P1
WHERE Id = @P2 AND UndoneBy IS NULL
GO
-- repositories/flags.markUndone
UPDATE FeatureFlagChanges
SET UndoneBy = NULL
WHERE UndoneBy = @P1
GO
-- repositories/flags.writeRow
UPDATE FeatureFlags
SET Description = @P1, Owner = @P2, ExpiresAt = @P3, Enabled = @P4, Killed = @P5, RolloutPercentage = @P6, UpdatedAt = @P7,
  UpdatedBy = @P8, Version = @P9
WHERE Name = @P10 AND Version = @P11
GO
-- repositories/flags.writeRow
UPDATE FeatureFlags
SET Description = @P1, Owner = @P2, ExpiresAt = @P3, Enabled = @P4, Killed = @P5, RolloutPercentage = @P6, Version = @P7,
  UpdatedAt = @P8, UpdatedBy = @P9
WHERE Name = @P10 AND Version = @P11
GO
-- repositories/rollouts.note
UPDATE FeatureRollouts
SET Guards = @P1
WHERE Id = @P2
GO
-- repositories/rollouts.transition
UPDATE FeatureRollouts
SET Status = @P1, Phase = @P2, Message = @P3
WHERE Id = @P4 AND Status = @P5 AND Phase = @P6
GO
-- repositories/rollouts.transition
UPDATE FeatureRollouts
SET Status = @P1, Phase = @P2, Message = @P3, FinishedAt = @P4, OpenKey = @P5
WHERE Id = @P6 AND Status = @P7 AND Phase = @P8
GO
-- repositories/rollouts.transition
UPDATE FeatureRollouts
SET Status = @P1, Phase = @P2, Message = @P3, PhaseStartedAt = @P4, Guards = '[]'
WHERE Id = @P5 AND Status = @P6 AND Phase = @P7
GO
-- repositories/stores.UserId
UPDATE FollowingVisits
SET PreviousAt = VisitedAt, VisitedAt = @P1
WHERE UserId = @P2 AND VisitedAt <= @P3
GO
-- repositories/stores.changed
UPDATE FollowingVisits
SET VisitedAt = @P1
WHERE UserId = @P2 AND VisitedAt > @P3
GO
-- repositories/images.markAbandoned
UPDATE Images
SET DeletedAt = @P1, LiveKey = CONCAT('gone:', Id)
WHERE DeletedAt IS NULL AND (UpdatedAt < @P2 OR (Status = 'receiving' AND UpdatedAt < @P3) OR (Status = 'failed'
  AND UpdatedAt < @P4)) AND NOT EXISTS (SELECT 1 FROM ImageUses u WHERE u.ImageId = Images.Id)
GO
-- repositories/images.changed
UPDATE Images
SET DeletedAt = @P1, LiveKey = CONCAT('gone:', Id), UpdatedAt = @P2, LeaseUntil = CASE WHEN Status = 'uploaded'
  OR Holder = @P3 THEN @P4 ELSE LeaseUntil END
WHERE Id = @P5 AND DeletedAt IS NULL
GO
-- repositories/privacy/erasure.images
UPDATE Images
SET DeletedAt = @P1, UpdatedAt = @P2, LiveKey = CONCAT('gone:', Id), LeaseUntil = CASE WHEN Status IN ('uploaded', 'ready',
  'failed') THEN @P3 ELSE LeaseUntil END
WHERE Id IN (SELECT i.Id FROM Images i WHERE i.OwnerId = @P4
  AND i.DeletedAt IS NULL ORDER BY i.Id OFFSET 0 ROWS FETCH NEXT @P5 ROWS ONLY)
GO
-- repositories/images.purgeFiles, repositories/images.purgeOriginal
UPDATE Images
SET OriginalKey = NULL
WHERE Id = @P1
GO
-- repositories/images.changed
UPDATE Images
SET Status = 'failed', Failure = @P1, LiveKey = CONCAT('gone:', Id), LeaseUntil = @P2, UpdatedAt = @P3
WHERE Id = @P4 AND Status IN ('uploaded', 'processing') AND DeletedAt IS NULL
GO
-- repositories/images.begin
UPDATE Images
SET Status = 'processing', Holder = @P1, LeaseUntil = @P2, Attempts = Attempts + 1
WHERE Id = @P3 AND Status IN ('uploaded', 'processing') AND DeletedAt IS NULL AND (Status = 'uploaded' OR Holder = @P4
  OR LeaseUntil <= @P5)
GO
-- repositories/images.changed
UPDATE Images
SET Status = 'ready', Width = @P1, Height = @P2, Blur = @P3, LeaseUntil = @P4, UpdatedAt = @P5
WHERE Id = @P6 AND Status = 'processing' AND DeletedAt IS NULL
GO
-- repositories/images.postpone
UPDATE Images
SET Status = 'uploaded'
WHERE Id = @P1 AND Status = 'processing' AND DeletedAt IS NULL
GO
-- repositories/images.received
UPDATE Images
SET Status = 'uploaded', LeaseUntil = @P1, UpdatedAt = @P2
WHERE Id = @P3 AND Status = 'receiving'
GO
-- repositories/images.changed
UPDATE Images
SET Status = Status
WHERE Id = @P1 AND Status = 'processing' AND DeletedAt IS NULL
GO
-- repositories/images.changed
UPDATE Images
SET UpdatedAt = @P1
WHERE Id = @P2 AND OwnerId = @P3 AND DeletedAt IS NULL
GO
-- repositories/imports.finish
UPDATE ImportRuns
SET FinishedAt = @P1
WHERE Id = @P2
GO
-- repositories/imports.advance
UPDATE ImportRuns
SET LinesDone = @P1, Imported = @P2, Rejected = @P3
WHERE Id = @P4 AND LinesDone = @P5 AND FinishedAt IS NULL
GO
-- repositories/invoices.Series
UPDATE InvoiceCounters
SET LastNumber = LastNumber + 1
WHERE Series = @P1 AND Year = @P2
GO
-- repositories/maintenance.Name
UPDATE JobLeases
SET Holder = @P1, NextRunAt = @P2
WHERE Name = @P3
GO
-- repositories/maintenance.lease
UPDATE JobLeases
SET Holder = @P1, NextRunAt = @P2
WHERE Name = @P3 AND (NextRunAt <= @P4 OR NextRunAt > @P5)
GO
-- repositories/maintenance.lease
UPDATE JobLeases
SET Holder = @P1, NextRunAt = @P2
WHERE Name = @P3 AND NextRunAt <= @P4
GO
-- repositories/ledger.lock
UPDATE LedgerBalances
SET BalanceMinor = BalanceMinor
WHERE SellerId = @P1 AND Currency = @P2
GO
-- repositories/ledger.insert, repositories/ledger.shiftBalances
UPDATE LedgerBalances
SET BalanceMinor = BalanceMinor + @P1
WHERE SellerId = @P2 AND Currency = @P3 AND Account = @P4
GO
-- repositories/maintenance.settle
UPDATE MaintenanceRuns
SET Findings = @P1, Corrected = Corrected + 1
WHERE Id = @P2 AND Corrected = @P3
GO
-- repositories/maintenance.change
UPDATE MaintenanceRuns
SET HeartbeatAt = @P1
WHERE Id = @P2 AND Holder = @P3 AND Status = 'running'
GO
-- repositories/maintenance.begin
UPDATE MaintenanceRuns
SET Status = 'running', OpenKey = @P1, Holder = @P2, HeartbeatAt = @P3, StartedAt = COALESCE(StartedAt, @P4), FinishedAt = NULL,
  Message = NULL
WHERE Id = @P5 AND (Status = 'queued' OR (Status = 'running' AND HeartbeatAt < @P6) OR (Status = 'failed'
  AND NOT EXISTS (SELECT 1 FROM MaintenanceRuns o WHERE o.OpenKey = @P7)))
GO
-- repositories/maintenance.move
UPDATE MaintenanceRuns
SET Status = @P1
WHERE Id = @P2 AND Status = @P3
GO
-- repositories/maintenance.change
UPDATE MaintenanceRuns
SET Status = @P1, OpenKey = @P2, FinishedAt = @P3, Findings = @P4, Message = @P5
WHERE Id = @P6 AND Holder = @P7 AND Status = 'running'
GO
-- repositories/maintenance.change
UPDATE MaintenanceRuns
SET Total = @P1, Done = @P2, Wrong = @P3, Corrected = @P4, HeartbeatAt = @P5
WHERE Id = @P6 AND Holder = @P7 AND Status = 'running'
GO
-- repositories/privacy/money-records.forgetDeliveries
UPDATE OrderGroups
SET RecipientName = NULL, Line1 = NULL, Line2 = NULL, PostalCode = NULL, City = NULL, Region = NULL, Country = NULL, Phone = NULL
WHERE Id IN (@P1)
GO
-- repositories/stock.changed
UPDATE OrderItems
SET Stock = @P1
WHERE Id = @P2 AND Stock = @P3
GO
-- repositories/order-deadlines.adopt
UPDATE Orders
SET DueAt = @P1, DueStatus = @P2, RemindedAt = NULL
WHERE Status = @P3 AND (DueStatus IS NULL OR DueStatus <> @P4) AND Id IN (SELECT o.Id FROM Orders o WHERE o.Status = @P5
  AND (o.DueStatus IS NULL OR o.DueStatus <> @P6) ORDER BY o.Id OFFSET 0 ROWS FETCH NEXT @P7 ROWS ONLY)
GO
-- repositories/orders.lock
UPDATE Orders
SET UpdatedAt = UpdatedAt
WHERE Id = @P1
GO
-- repositories/privacy/money-records.forgetPayments
UPDATE Payments
SET Reference = '', Failure = NULL
WHERE OrderId IN (@P1)
GO
-- repositories/payments.claimRefund
UPDATE Payments
SET RefundPendingE8 = RefundPendingE8 + @P1, UpdatedAt = @P2,
  Status = CASE WHEN RefundedE8 + RefundPendingE8 + @P3 = AmountE8 THEN 'refunding' ELSE Status END
WHERE OrderId = @P4 AND Status = 'captured' AND RefundedE8 + RefundPendingE8 + @P5 <= AmountE8
GO
-- repositories/payments.endRefund
UPDATE Payments
SET RefundPendingE8 = RefundPendingE8 - @P1, UpdatedAt = @P2, RefundedE8 = RefundedE8 + @P3,
  Status = CASE WHEN RefundedE8 + @P4 = AmountE8 THEN 'refunded' ELSE Status END
WHERE OrderId = @P5
GO
-- repositories/payments.endRefund
UPDATE Payments
SET RefundPendingE8 = RefundPendingE8 - @P1, UpdatedAt = @P2, Status = 'captured'
WHERE OrderId = @P3
GO
-- repositories/moderation.closeAppeal
UPDATE RatingAppeals
SET Status = @P1
WHERE Id = @P2 AND Status = 'open'
GO
-- repositories/moderation.closeAppealsAbout
UPDATE RatingAppeals
SET Status = @P1
WHERE Status = 'open' AND DecisionId IN (SELECT d.Id FROM RatingDecisions d WHERE d.RatingId = @P2 AND d.DecidedBy <> @P3)
GO
-- repositories/moderation.closeAppealsAbout
UPDATE RatingAppeals
SET Status = @P1
WHERE Status = 'open' AND DecisionId IN (SELECT d.Id FROM RatingDecisions d WHERE d.RatingId = @P2)
GO
-- repositories/ratings.RatingId
UPDATE RatingReplies
SET Text = @P1, Version = Version + 1, UpdatedAt = @P2
WHERE RatingId = @P3
GO
-- repositories/moderation.answerReports
UPDATE RatingReports
SET DecisionId = @P1
WHERE RatingId = @P2 AND DecisionId IS NULL
GO
-- repositories/moderation.insertReport
UPDATE RatingReports
SET Reason = @P1, Detail = @P2, CreatedAt = @P3, DecisionId = NULL
WHERE RatingId = @P4 AND ReporterId = @P5 AND DecisionId IS NOT NULL
GO
-- repositories/aggregates.finishRun
UPDATE RecalculationRuns
SET FinishedAt = @P1
WHERE Id = @P2
GO
-- repositories/aggregates.advanceRun
UPDATE RecalculationRuns
SET LastSellerId = @P1, Checked = @P2, Corrected = @P3
WHERE Id = @P4 AND LastSellerId = @P5 AND FinishedAt IS NULL
GO
-- repositories/privacy/money-records.forgetPayments
UPDATE Refunds
SET Reference = '', Failure = NULL
WHERE OrderId IN (@P1)
GO
-- repositories/invalidations.complete
UPDATE SellerCacheInvalidations
SET CompletedAt = @P1
WHERE Id IN (@P2) AND CompletedAt IS NULL
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Category = @P1, Version = Version + 1, UpdatedAt = @P2
WHERE Id = @P3 AND SellerId = @P4 AND Version = @P5
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Description = @P1, ShippingInfo = @P2, SearchText = @P3, Version = Version + 1, UpdatedAt = @P4
WHERE Id = @P5 AND SellerId = @P6 AND Version = @P7
GO
-- repositories/listings.changed
UPDATE SellerListings
SET EscrowEnabled = @P1, Version = Version + 1, UpdatedAt = @P2
WHERE Id = @P3 AND SellerId = @P4 AND Version = @P5
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Metadata = @P1, SearchText = @P2, Version = Version + 1, UpdatedAt = @P3
WHERE Id = @P4 AND SellerId = @P5 AND Version = @P6
GO
-- repositories/listings.changed
UPDATE SellerListings
SET PriceE8 = @P1, Currency = @P2, Version = Version + 1, UpdatedAt = @P3
WHERE Id = @P4 AND SellerId = @P5 AND Version = @P6
GO
-- repositories/listings.changed
UPDATE SellerListings
SET PriceE8 = @P1, Version = Version + 1, UpdatedAt = @P2
WHERE Id = @P3 AND SellerId = @P4 AND Version = @P5
GO
-- repositories/stock.changed
UPDATE SellerListings
SET Quantity = Quantity + @P1, Version = Version + 1, UpdatedAt = @P2
WHERE Id = @P3
GO
-- repositories/stock.changed
UPDATE SellerListings
SET Quantity = Quantity - @P1, Reserved = Reserved - @P2, Version = Version + 1, UpdatedAt = @P3
WHERE Id = @P4 AND Reserved >= @P5
GO
-- repositories/stock.changed
UPDATE SellerListings
SET Reserved = Reserved + @P1
WHERE Id = @P2 AND Status IN (@P3) AND Quantity - Reserved >= @P4
GO
-- repositories/stock.changed
UPDATE SellerListings
SET Reserved = Reserved - @P1
WHERE Id = @P2 AND Reserved >= @P3
GO
-- engine/listing-text.foldText, repositories/listings.edit
UPDATE SellerListings
SET SearchText = @P1
WHERE Id = @P2 AND (SearchText IS NULL OR SearchText = '')
GO
-- engine/listing-text.foldText, repositories/listings.edit
UPDATE SellerListings
SET SearchText = @P1
WHERE Id = @P2 AND SearchText IS NULL
GO
-- repositories/listings.changed
UPDATE SellerListings
SET ShippingInfo = @P1, Version = Version + 1, UpdatedAt = @P2
WHERE Id = @P3 AND SellerId = @P4 AND Version = @P5
GO
-- repositories/privacy/erasure.listings
UPDATE SellerListings
SET Status = 'archived', Title = @P1, Description = NULL, Metadata = '[]', ShippingInfo = '{}', SearchText = @P2,
  Version = Version + 1
WHERE Id IN (@P3)
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Status = @P1, Version = Version + 1, UpdatedAt = @P2
WHERE Id = @P3 AND SellerId = @P4 AND Status = @P5
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Status = @P1, Version = Version + 1, UpdatedAt = @P2, PublishedAt = COALESCE(PublishedAt, @P3)
WHERE Id = @P4 AND SellerId = @P5 AND Status = @P6
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Status = @P1, Version = Version + 1, UpdatedAt = @P2, PublishedAt = COALESCE(PublishedAt, @P3)
WHERE Id = @P4 AND SellerId = @P5 AND Status = @P6 AND Version = @P7
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Status = @P1, Version = Version + 1, UpdatedAt = @P2, PublishedAt = COALESCE(PublishedAt, @P3),
  Quantity = CASE WHEN Quantity = 0 THEN 1 ELSE Quantity END
WHERE Id = @P4 AND SellerId = @P5 AND Status = @P6
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Title = @P1, Category = @P2, SearchText = @P3, Version = Version + 1, UpdatedAt = @P4
WHERE Id = @P5 AND SellerId = @P6 AND Version = @P7
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Title = @P1, Description = @P2, PriceE8 = @P3, Currency = @P4, Category = @P5, EscrowEnabled = @P6, ShippingInfo = @P7,
  Metadata = @P8, SearchText = @P9, Version = Version + 1, UpdatedAt = @P10
WHERE Id = @P11 AND SellerId = @P12 AND Version = @P13
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Title = @P1, EscrowEnabled = @P2, SearchText = @P3, Version = Version + 1, UpdatedAt = @P4
WHERE Id = @P5 AND SellerId = @P6 AND Version = @P7
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Title = @P1, PriceE8 = @P2, Currency = @P3, SearchText = @P4, Version = Version + 1, UpdatedAt = @P5
WHERE Id = @P6 AND SellerId = @P7 AND Version = @P8
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Title = @P1, SearchText = @P2, Version = Version + 1, UpdatedAt = @P3
WHERE Id = @P4 AND SellerId = @P5 AND Version = @P6
GO
-- repositories/images.changed
UPDATE SellerListings
SET UpdatedAt = @P1
WHERE Id = @P2 AND SellerId = @P3
GO
-- repositories/listings.lock
UPDATE SellerListings
SET Version = Version
WHERE Id = @P1
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Version = Version
WHERE Id = @P1 AND Status = 'active'
GO
-- repositories/listings.changed
UPDATE SellerListings
SET Version = Version + 1
WHERE Id = @P1 AND SellerId = @P2 AND Status = 'draft' AND PublishedAt IS NULL
GO
-- repositories/stores.changed
UPDATE SellerProfiles
SET ClosedUntil = @P1, UpdatedAt = @P2
WHERE UserId = @P3
GO
-- repositories/images.changed, repositories/stores.changed
UPDATE SellerProfiles
SET UpdatedAt = @P1
WHERE UserId = @P2
GO
-- repositories/rating-days.addDays
UPDATE SellerRatingDays
SET Stars1 = SellerRatingDays.Stars1 + c.s1, Stars2 = SellerRatingDays.Stars2 + c.s2, Stars3 = SellerRatingDays.Stars3 + c.s3,
  Stars4 = SellerRatingDays.Stars4 + c.s4, Stars5 = SellerRatingDays.Stars5 + c.s5
FROM (SELECT seller, day, s1, s2, s3, s4, s5 FROM (VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)) v (seller, day, s1, s2, s3, s4,
  s5)) c
WHERE c.seller = SellerRatingDays.SellerId AND c.day = SellerRatingDays.Day
GO
-- repositories/rating-days.change
UPDATE SellerRatingDays
SET Stars1 = Stars1 - 1
WHERE SellerId = @P1 AND Day = @P2
GO
-- repositories/rating-days.change
UPDATE SellerRatingDays
SET Stars3 = Stars3 + 1
WHERE SellerId = @P1 AND Day = @P2
GO
-- repositories/rating-days.change
UPDATE SellerRatingDays
SET Stars3 = Stars3 - 1, Stars5 = Stars5 + 1
WHERE SellerId = @P1 AND Day = @P2
GO
-- repositories/rating-days.change
UPDATE SellerRatingDays
SET Stars5 = Stars5
WHERE SellerId = @P1 AND Day = @P2
GO
-- repositories/privacy/erasure.earlierComments
UPDATE SellerRatingHistory
SET Comment = NULL
WHERE Id IN (SELECT h.Id FROM SellerRatingHistory h WHERE h.RaterId = @P1 AND h.Comment IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM SellerRatings r WHERE r.Id = h.RatingId
  AND r.Version = h.Version) ORDER BY h.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/privacy/erasure.votes
UPDATE SellerRatings
SET HelpfulCount = HelpfulCount - 1
WHERE Id IN (@P1) AND HelpfulCount > 0
GO
-- repositories/ratings.replace
UPDATE SellerRatings
SET Rating = @P1, Comment = @P2, OrderId = @P3, Source = 'purchase', ImportRunId = NULL, Version = Version + 1, HelpfulCount = 0,
  CreatedAt = @P4, UpdatedAt = @P5
WHERE Id = @P6 AND Version = @P7
GO
-- repositories/ratings.update
UPDATE SellerRatings
SET Rating = @P1, Comment = @P2, Version = Version + 1, UpdatedAt = @P3
WHERE Id = @P4 AND Version = @P5
GO
-- repositories/ratings.lock
UPDATE SellerRatings
SET Version = Version
WHERE Id = @P1 AND Version = @P2
GO
-- repositories/moderation.strike
UPDATE SellerRatings
SET Version = Version + 1
WHERE Id = @P1 AND Version = @P2
GO
-- repositories/verifications.changed
UPDATE SellerVerificationFiles
SET KeyId = @P1
WHERE Id = @P2 AND RemovedAt IS NULL
GO
-- repositories/verifications.documentRemoved
UPDATE SellerVerificationFiles
SET RemovedAt = @P1
WHERE Id = @P2
GO
-- repositories/verifications.changed
UPDATE SellerVerificationFiles
SET StoredAt = @P1
WHERE Id = @P2 AND StoredAt IS NULL AND RemovedAt IS NULL
  AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.Status = 'draft')
GO
-- repositories/verifications.changed
UPDATE SellerVerificationFiles
SET StoredAt = @P1, KeyId = @P2
WHERE Id = @P3 AND StoredAt IS NULL AND RemovedAt IS NULL
  AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.Status = 'draft')
GO
-- repositories/verifications.changed
UPDATE SellerVerificationFiles
SET StoredAt = NULL
WHERE Id = @P1 AND StoredAt IS NOT NULL AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.UserId = @P2
  AND v.Status = 'draft')
GO
-- repositories/privacy/erasure.verifications
UPDATE SellerVerifications
SET LegalName = NULL, Reason = NULL
WHERE UserId = @P1
GO
-- repositories/verifications.changed
UPDATE SellerVerifications
SET Status = 'submitted', LegalName = @P1, Country = @P2, SubmittedAt = @P3
WHERE Id = @P4 AND Status = 'draft'
GO
-- repositories/verifications.changed
UPDATE SellerVerifications
SET Status = @P1, Reason = @P2, DecidedAt = @P3, DecidedBy = @P4, OpenKey = CONCAT('closed:', Id)
WHERE Id = @P5 AND Status = 'submitted'
GO
-- repositories/stores.changed
UPDATE Stores
SET About = @P1, Accent = @P2, ShippingPolicy = @P3, ReturnsPolicy = @P4, ContactPolicy = @P5, Version = Version + 1,
  UpdatedAt = @P6
WHERE SellerId = @P7 AND Version = @P8
GO
-- repositories/privacy/erasure.votes
UPDATE StruckRatings
SET HelpfulCount = HelpfulCount - 1
WHERE RatingId IN (@P1) AND HelpfulCount > 0
GO
-- repositories/moderation.restore
UPDATE StruckRatings
SET Version = Version + 1
WHERE RatingId = @P1
GO
-- repositories/tasks.changed
UPDATE Tasks
SET DueAt = @P1
WHERE Id = @P2 AND Holder = @P3 AND Attempts = @P4 AND Status = 'running'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'dead', SettledAt = @P1, Failure = @P2
WHERE Id = @P3 AND Holder = @P4 AND Attempts = @P5 AND Status = 'running'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'done'
WHERE Id = @P1 AND Status = 'dead'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'done', SettledAt = @P1, Failure = NULL
WHERE Id = @P2 AND Holder = @P3 AND Attempts = @P4 AND Status = 'running'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'queued', DueAt = @P1, Attempts = 0, Holder = NULL, Failure = NULL, SettledAt = NULL
WHERE Id = @P2 AND Status = 'dead'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'queued', DueAt = @P1, Failure = @P2
WHERE Id = @P3 AND Holder = @P4 AND Attempts = @P5 AND Status = 'running'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'queued', DueAt = @P1, Failure = @P2, Attempts = Attempts - 1
WHERE Id = @P3 AND Holder = @P4 AND Attempts = @P5 AND Status = 'running'
GO
-- repositories/tasks.changed
UPDATE Tasks
SET Status = 'running', Holder = @P1, DueAt = @P2, Attempts = Attempts + 1
WHERE Id = @P3 AND SettledAt IS NULL AND DueAt <= @P4 AND Attempts = @P5
GO
-- repositories/privacy/index.isLastAdmin
UPDATE UserRoles
SET GrantedAt = GrantedAt
WHERE Role = 'admin'
GO
-- repositories/privacy/index.erased
UPDATE Users
SET ErasedAt = COALESCE(ErasedAt, @P1)
WHERE Id = @P2 AND DeletedAt IS NOT NULL
GO
-- repositories/privacy/erasure.closeAccount
UPDATE Users
SET FullName = @P1, SearchName = '', Email = NULL, EmailSetAt = NULL, EmailVerifiedAt = NULL, PasswordHash = NULL,
  FailedSignIns = 0, LockedUntil = NULL, DisabledAt = COALESCE(DisabledAt, @P2), DeletedAt = COALESCE(DeletedAt, @P3),
  UpdatedAt = @P4
WHERE Id = @P5
GO
-- repositories/aggregates.lock
UPDATE Users
SET Stars1 = Stars1
WHERE Id > @P1 AND Id <= @P2
GO
-- repositories/ratings.shiftCounts
UPDATE Users
SET Stars1 = Stars1 - 1
OUTPUT INSERTED.Stars1 AS s1, INSERTED.Stars2 AS s2, INSERTED.Stars3 AS s3, INSERTED.Stars4 AS s4, INSERTED.Stars5 AS s5
WHERE Id = @P1
GO
-- repositories/imports.addStars
UPDATE Users
SET Stars1 = Users.Stars1 + c.s1, Stars2 = Users.Stars2 + c.s2, Stars3 = Users.Stars3 + c.s3, Stars4 = Users.Stars4 + c.s4,
  Stars5 = Users.Stars5 + c.s5
FROM (SELECT id, s1, s2, s3, s4, s5 FROM (VALUES (@P1, @P2, @P3, @P4, @P5, @P6)) v (id, s1, s2, s3, s4, s5)) c
WHERE c.id = Users.Id
GO
-- repositories/aggregates.setCounts
UPDATE Users
SET Stars1 = c.s1, Stars2 = c.s2, Stars3 = c.s3, Stars4 = c.s4, Stars5 = c.s5
FROM (SELECT id, s1, s2, s3, s4, s5 FROM (VALUES (@P1, @P2, @P3, @P4, @P5, @P6)) v (id, s1, s2, s3, s4, s5)) c
WHERE c.id = Users.Id
GO
-- repositories/ratings.shiftCounts
UPDATE Users
SET Stars3 = Stars3 + 1
OUTPUT INSERTED.Stars1 AS s1, INSERTED.Stars2 AS s2, INSERTED.Stars3 AS s3, INSERTED.Stars4 AS s4, INSERTED.Stars5 AS s5
WHERE Id = @P1
GO
-- repositories/ratings.shiftCounts
UPDATE Users
SET Stars3 = Stars3 - 1, Stars2 = Stars2 + 1
OUTPUT INSERTED.Stars1 AS s1, INSERTED.Stars2 AS s2, INSERTED.Stars3 AS s3, INSERTED.Stars4 AS s4, INSERTED.Stars5 AS s5
WHERE Id = @P1
GO
-- repositories/ratings.shiftCounts
UPDATE Users
SET Stars5 = Stars5
OUTPUT INSERTED.Stars1 AS s1, INSERTED.Stars2 AS s2, INSERTED.Stars3 AS s3, INSERTED.Stars4 AS s4, INSERTED.Stars5 AS s5
WHERE Id = @P1
GO
-- repositories/images.lockOwner
UPDATE Users
SET UpdatedAt = UpdatedAt
WHERE Id = @P1
GO
-- repositories/addresses.used
UPDATE [dbo].[Addresses]
SET [LastUsedAt] = @P1
WHERE [dbo].[Addresses].[Id] = @P2
GO
-- repositories/addresses.edit
UPDATE [dbo].[Addresses]
SET [RecipientName] = @P1, [Line1] = @P2, [Line2] = @P3, [PostalCode] = @P4, [City] = @P5, [Region] = @P6, [Country] = @P7,
  [Phone] = @P8
WHERE ([dbo].[Addresses].[Id] = @P9 AND [dbo].[Addresses].[UserId] = @P10)
GO
-- repositories/attempts.KeyHash
UPDATE [dbo].[AttemptCounters]
SET [ExpiresAt] = @P1
WHERE [dbo].[AttemptCounters].[KeyHash] = @P2
GO
-- repositories/second-factor.enableApp
UPDATE [dbo].[AuthenticatorApps]
SET [EnabledAt] = @P1, [LastStep] = @P2
WHERE ([dbo].[AuthenticatorApps].[UserId] = @P3 AND [dbo].[AuthenticatorApps].[Sealed] = @P4
  AND [dbo].[AuthenticatorApps].[EnabledAt] IS NULL)
GO
-- repositories/second-factor.useStep
UPDATE [dbo].[AuthenticatorApps]
SET [LastStep] = @P1
WHERE ([dbo].[AuthenticatorApps].[UserId] = @P2 AND [dbo].[AuthenticatorApps].[EnabledAt] IS NOT NULL
  AND [dbo].[AuthenticatorApps].[LastStep] < @P3)
GO
-- repositories/second-factor.reseal
UPDATE [dbo].[AuthenticatorApps]
SET [Sealed] = @P1, [KeyId] = @P2
WHERE ([dbo].[AuthenticatorApps].[UserId] = @P3 AND [dbo].[AuthenticatorApps].[Sealed] = @P4)
GO
-- repositories/basket.put
UPDATE [dbo].[BasketItems]
SET [Quantity] = @P1, [PriceE8] = @P2, [Currency] = @P3
WHERE ([dbo].[BasketItems].[UserId] = @P4 AND [dbo].[BasketItems].[ListingId] = @P5)
GO
-- repositories/fees.endRule
UPDATE [dbo].[CommissionRules]
SET [ValidUntil] = @P1
WHERE ([dbo].[CommissionRules].[Id] = @P2 AND [dbo].[CommissionRules].[ValidUntil] = @P3)
GO
-- repositories/fees.endRule
UPDATE [dbo].[CommissionRules]
SET [ValidUntil] = @P1
WHERE ([dbo].[CommissionRules].[Id] = @P2 AND [dbo].[CommissionRules].[ValidUntil] IS NULL)
GO
-- repositories/email-ownership.replaceOpen
UPDATE [dbo].[EmailChanges]
SET [Outcome] = @P1, [SettledAt] = @P2
WHERE ([dbo].[EmailChanges].[UserId] = @P3 AND [dbo].[EmailChanges].[Outcome] IS NULL)
GO
-- repositories/verifications.useEmailLink
UPDATE [dbo].[EmailVerifications]
SET [UsedAt] = @P1
WHERE ([dbo].[EmailVerifications].[TokenHash] = @P2 AND [dbo].[EmailVerifications].[UsedAt] IS NULL
  AND [dbo].[EmailVerifications].[ExpiresAt] > @P3)
GO
-- repositories/idempotency.takeOver
UPDATE [dbo].[IdempotencyKeys]
SET [LockedUntil] = @P1
WHERE ([dbo].[IdempotencyKeys].[UserId] = @P2 AND [dbo].[IdempotencyKeys].[KeyHash] = @P3
  AND [dbo].[IdempotencyKeys].[Status] = @P4 AND [dbo].[IdempotencyKeys].[LockedUntil] <= @P5)
GO
-- repositories/idempotency.complete
UPDATE [dbo].[IdempotencyKeys]
SET [Status] = @P1, [ResponseStatus] = @P2, [ResponseBody] = @P3
WHERE ([dbo].[IdempotencyKeys].[UserId] = @P4 AND [dbo].[IdempotencyKeys].[KeyHash] = @P5)
GO
-- repositories/invoices.forget
UPDATE [dbo].[InvoiceLines]
SET [Text] = @P1
WHERE [dbo].[InvoiceLines].[InvoiceId] = @P2
GO
-- repositories/invoices.forget
UPDATE [dbo].[Invoices]
SET [IssuerName] = @P1, [IssuerAddress] = @P2, [IssuerVatNumber] = @P3
WHERE ([dbo].[Invoices].[Id] = @P4 AND [dbo].[Invoices].[Kind] IN (@P5))
GO
-- repositories/invoices.forget
UPDATE [dbo].[Invoices]
SET [RecipientName] = @P1, [RecipientAddress] = @P2, [RecipientVatNumber] = @P3, [StorageKey] = @P4
WHERE [dbo].[Invoices].[Id] = @P5
GO
-- repositories/invoices.stored
UPDATE [dbo].[Invoices]
SET [Sha256] = @P1
WHERE ([dbo].[Invoices].[Id] = @P2 AND [dbo].[Invoices].[Sha256] IS NULL)
GO
-- repositories/order-deadlines.setDue
UPDATE [dbo].[Orders]
SET [DueAt] = @P1, [DueStatus] = @P2
WHERE ([dbo].[Orders].[Id] = @P3 AND [dbo].[Orders].[Status] = @P4)
GO
-- repositories/order-deadlines.remind
UPDATE [dbo].[Orders]
SET [RemindedAt] = @P1
WHERE ([dbo].[Orders].[Id] = @P2 AND [dbo].[Orders].[Status] = @P3 AND [dbo].[Orders].[RemindedAt] IS NULL)
GO
-- repositories/orders.transition
UPDATE [dbo].[Orders]
SET [Status] = @P1, [UpdatedAt] = @P2
WHERE ([dbo].[Orders].[Id] = @P3 AND [dbo].[Orders].[Status] = @P4)
GO
-- repositories/orders.transition
UPDATE [dbo].[Orders]
SET [Status] = @P1, [UpdatedAt] = @P2, [CompletedAt] = @P3
WHERE ([dbo].[Orders].[Id] = @P4 AND [dbo].[Orders].[Status] = @P5)
GO
-- repositories/orders.transition
UPDATE [dbo].[Orders]
SET [Status] = @P1, [UpdatedAt] = @P2, [DueAt] = @P3, [DueStatus] = @P4, [RemindedAt] = @P5
WHERE ([dbo].[Orders].[Id] = @P6 AND [dbo].[Orders].[Status] = @P7)
GO
-- repositories/orders.transition
UPDATE [dbo].[Orders]
SET [Status] = @P1, [UpdatedAt] = @P2, [DueAt] = @P3, [DueStatus] = @P4, [RemindedAt] = @P5, [Carrier] = @P6,
  [TrackingNumber] = @P7
WHERE ([dbo].[Orders].[Id] = @P8 AND [dbo].[Orders].[Status] = @P9)
GO
-- repositories/orders.transition
UPDATE [dbo].[Orders]
SET [Status] = @P1, [UpdatedAt] = @P2, [DueAt] = @P3, [DueStatus] = @P4, [RemindedAt] = @P5, [CompletedAt] = @P6
WHERE ([dbo].[Orders].[Id] = @P7 AND [dbo].[Orders].[Status] = @P8)
GO
-- repositories/passkeys.useChallenge
UPDATE [dbo].[PasskeyChallenges]
SET [UsedAt] = @P1
WHERE ([dbo].[PasskeyChallenges].[ChallengeHash] = @P2 AND [dbo].[PasskeyChallenges].[UsedAt] IS NULL
  AND [dbo].[PasskeyChallenges].[ExpiresAt] > @P3)
GO
-- repositories/passkeys.use
UPDATE [dbo].[Passkeys]
SET [SignCount] = @P1, [LastUsedAt] = @P2
WHERE ([dbo].[Passkeys].[Id] = @P3 AND [dbo].[Passkeys].[SignCount] = @P4)
GO
-- repositories/email-ownership.use
UPDATE [dbo].[PasswordResets]
SET [UsedAt] = @P1
WHERE ([dbo].[PasswordResets].[TokenHash] = @P2 AND [dbo].[PasswordResets].[UsedAt] IS NULL
  AND [dbo].[PasswordResets].[ExpiresAt] > @P3)
GO
-- repositories/email-ownership.endAll
UPDATE [dbo].[PasswordResets]
SET [UsedAt] = @P1
WHERE ([dbo].[PasswordResets].[UserId] = @P2 AND [dbo].[PasswordResets].[UsedAt] IS NULL)
GO
-- repositories/email-ownership.attach
UPDATE [dbo].[PasswordResets]
SET [UserId] = @P1, [TokenHash] = @P2
WHERE ([dbo].[PasswordResets].[Id] = @P3 AND [dbo].[PasswordResets].[TokenHash] IS NULL)
GO
-- repositories/payments.begin
UPDATE [dbo].[Payments]
SET [Provider] = @P1, [AmountE8] = @P2, [Currency] = @P3, [Reference] = @P4, [Status] = @P5, [Attempt] = @P6, [Failure] = @P7,
  [UpdatedAt] = @P8
WHERE ([dbo].[Payments].[OrderId] = @P9 AND [dbo].[Payments].[Status] = @P10 AND [dbo].[Payments].[Attempt] = @P11)
GO
-- repositories/payments.begin
UPDATE [dbo].[Payments]
SET [Provider] = @P1, [AmountE8] = @P2, [Currency] = @P3, [Reference] = @P4, [Status] = @P5, [BegunAt] = @P6, [UpdatedAt] = @P7,
  [Attempt] = @P8, [Failure] = @P9
WHERE ([dbo].[Payments].[OrderId] = @P10 AND [dbo].[Payments].[Status] = @P11 AND [dbo].[Payments].[Attempt] = @P12)
GO
-- repositories/payments.settle
UPDATE [dbo].[Payments]
SET [Status] = @P1, [UpdatedAt] = @P2
WHERE ([dbo].[Payments].[OrderId] = @P3 AND [dbo].[Payments].[Attempt] = @P4 AND [dbo].[Payments].[Status] = @P5)
GO
-- repositories/payments.settle
UPDATE [dbo].[Payments]
SET [Status] = @P1, [UpdatedAt] = @P2, [Failure] = @P3
WHERE ([dbo].[Payments].[OrderId] = @P4 AND [dbo].[Payments].[Attempt] = @P5 AND [dbo].[Payments].[Status] = @P6)
GO
-- repositories/payments.settle
UPDATE [dbo].[Payments]
SET [Status] = @P1, [UpdatedAt] = @P2, [Failure] = @P3
WHERE ([dbo].[Payments].[OrderId] = @P4 AND [dbo].[Payments].[Attempt] = @P5 AND [dbo].[Payments].[Status] IN (@P6))
GO
-- repositories/payments.settle
UPDATE [dbo].[Payments]
SET [Status] = @P1, [UpdatedAt] = @P2, [Failure] = @P3, [Reference] = @P4
WHERE ([dbo].[Payments].[OrderId] = @P5 AND [dbo].[Payments].[Attempt] = @P6 AND [dbo].[Payments].[Status] IN (@P7))
GO
-- repositories/payments.settle
UPDATE [dbo].[Payments]
SET [Status] = @P1, [UpdatedAt] = @P2, [Reference] = @P3
WHERE ([dbo].[Payments].[OrderId] = @P4 AND [dbo].[Payments].[Attempt] = @P5 AND [dbo].[Payments].[Status] = @P6)
GO
-- repositories/payout-files.cancel
UPDATE [dbo].[PayoutFiles]
SET [CancelledAt] = @P1
WHERE ([dbo].[PayoutFiles].[Id] = @P2 AND [dbo].[PayoutFiles].[CancelledAt] IS NULL)
GO
-- repositories/payouts.hold
UPDATE [dbo].[PayoutSettings]
SET [HeldReason] = @P1, [HeldAt] = @P2, [UpdatedAt] = @P3
WHERE ([dbo].[PayoutSettings].[SellerId] = @P4 AND ([dbo].[PayoutSettings].[HeldReason] IS NULL
  OR [dbo].[PayoutSettings].[HeldReason] <> @P5))
GO
-- repositories/payouts.hold
UPDATE [dbo].[PayoutSettings]
SET [HeldReason] = @P1, [HeldAt] = @P2, [UpdatedAt] = @P3
WHERE ([dbo].[PayoutSettings].[SellerId] = @P4 AND [dbo].[PayoutSettings].[HeldReason] IS NOT NULL)
GO
-- repositories/payouts.advance
UPDATE [dbo].[PayoutSettings]
SET [NextAt] = @P1, [UpdatedAt] = @P2
WHERE ([dbo].[PayoutSettings].[SellerId] = @P3 AND [dbo].[PayoutSettings].[NextAt] = @P4)
GO
-- repositories/payouts.change
UPDATE [dbo].[PayoutSettings]
SET [ReturnedAt] = @P1, [UpdatedAt] = @P2
WHERE [dbo].[PayoutSettings].[SellerId] = @P3
GO
-- repositories/payouts.change
UPDATE [dbo].[PayoutSettings]
SET [Schedule] = @P1, [NextAt] = @P2, [UpdatedAt] = @P3
WHERE [dbo].[PayoutSettings].[SellerId] = @P4
GO
-- repositories/payouts.markTest
UPDATE [dbo].[Payouts]
SET [IsTest] = @P1
WHERE [dbo].[Payouts].[Id] = @P2
GO
-- repositories/payout-files.add
UPDATE [dbo].[Payouts]
SET [Status] = @P1, [FileId] = @P2, [Masked] = @P3, [SentAt] = @P4
WHERE ([dbo].[Payouts].[Id] = @P5 AND [dbo].[Payouts].[Status] = @P6)
GO
-- repositories/payout-files.takeOut
UPDATE [dbo].[Payouts]
SET [Status] = @P1, [FileId] = @P2, [SentAt] = @P3
WHERE ([dbo].[Payouts].[Id] = @P4 AND [dbo].[Payouts].[FileId] = @P5 AND [dbo].[Payouts].[Status] = @P6)
GO
-- repositories/payouts.transition
UPDATE [dbo].[Payouts]
SET [Status] = @P1, [Reason] = @P2
WHERE ([dbo].[Payouts].[Id] = @P3 AND [dbo].[Payouts].[Status] = @P4)
GO
-- repositories/payouts.transition
UPDATE [dbo].[Payouts]
SET [Status] = @P1, [Reason] = @P2, [SettledAt] = @P3
WHERE ([dbo].[Payouts].[Id] = @P4 AND [dbo].[Payouts].[Status] = @P5)
GO
-- repositories/second-factor.useRecoveryCode
UPDATE [dbo].[RecoveryCodes]
SET [UsedAt] = @P1
WHERE ([dbo].[RecoveryCodes].[UserId] = @P2 AND [dbo].[RecoveryCodes].[Number] = @P3 AND [dbo].[RecoveryCodes].[CodeHash] = @P4
  AND [dbo].[RecoveryCodes].[UsedAt] IS NULL)
GO
-- repositories/refunds.renewKey
UPDATE [dbo].[Refunds]
SET [Status] = @P1, [Attempt] = @P2, [ProviderKey] = @P3, [KeyedAt] = @P4, [UpdatedAt] = @P5
WHERE ([dbo].[Refunds].[Id] = @P6 AND [dbo].[Refunds].[Attempt] = @P7 AND [dbo].[Refunds].[Status] IN (@P8))
GO
-- repositories/refunds.settle
UPDATE [dbo].[Refunds]
SET [Status] = @P1, [UpdatedAt] = @P2, [Failure] = @P3
WHERE ([dbo].[Refunds].[Id] = @P4 AND [dbo].[Refunds].[Attempt] = @P5 AND [dbo].[Refunds].[Status] IN (@P6))
GO
-- repositories/refunds.settle
UPDATE [dbo].[Refunds]
SET [Status] = @P1, [UpdatedAt] = @P2, [Failure] = @P3, [Reference] = @P4
WHERE ([dbo].[Refunds].[Id] = @P5 AND [dbo].[Refunds].[Attempt] = @P6 AND [dbo].[Refunds].[Status] IN (@P7))
GO
-- repositories/onboarding.userId
UPDATE [dbo].[SellerOnboarding]
SET [CurrentStep] = @P1, [Skipped] = @P2, [CompletedAt] = @P3, [UpdatedAt] = @P4
WHERE [dbo].[SellerOnboarding].[UserId] = @P5
GO
-- repositories/payout-details.userId
UPDATE [dbo].[SellerPayoutDetails]
SET [Method] = @P1, [Sealed] = @P2, [KeyId] = @P3, [Masked] = @P4, [Currency] = @P5, [UpdatedAt] = @P6,
  [Version] = ([dbo].[SellerPayoutDetails].[Version] + @P7)
WHERE [dbo].[SellerPayoutDetails].[UserId] = @P8
GO
-- repositories/payout-details.reseal
UPDATE [dbo].[SellerPayoutDetails]
SET [Sealed] = @P1, [KeyId] = @P2
WHERE ([dbo].[SellerPayoutDetails].[UserId] = @P3 AND [dbo].[SellerPayoutDetails].[Version] = @P4)
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [Bio] = @P1, [Location] = @P2, [ContactEmail] = @P3, [ShowContactEmail] = @P4, [Website] = @P5, [SocialLinks] = @P6,
  [UpdatedAt] = @P7
WHERE [dbo].[SellerProfiles].[UserId] = @P8
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [Bio] = @P1, [Location] = @P2, [UpdatedAt] = @P3
WHERE [dbo].[SellerProfiles].[UserId] = @P4
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [Bio] = @P1, [UpdatedAt] = @P2
WHERE [dbo].[SellerProfiles].[UserId] = @P3
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [Bio] = @P1, [Website] = @P2, [UpdatedAt] = @P3
WHERE [dbo].[SellerProfiles].[UserId] = @P4
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [Location] = @P1, [UpdatedAt] = @P2
WHERE [dbo].[SellerProfiles].[UserId] = @P3
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [SocialLinks] = @P1, [UpdatedAt] = @P2
WHERE [dbo].[SellerProfiles].[UserId] = @P3
GO
-- repositories/sellers.updateStore
UPDATE [dbo].[SellerProfiles]
SET [UpdatedAt] = @P1
WHERE [dbo].[SellerProfiles].[UserId] = @P2
GO
-- repositories/ratings.addHelpfulVote
UPDATE [dbo].[SellerRatings]
SET [HelpfulCount] = ([dbo].[SellerRatings].[HelpfulCount] + @P1)
WHERE [dbo].[SellerRatings].[Id] = @P2
GO
-- repositories/ratings.removeHelpfulVote
UPDATE [dbo].[SellerRatings]
SET [HelpfulCount] = ([dbo].[SellerRatings].[HelpfulCount] - @P1)
WHERE [dbo].[SellerRatings].[Id] = @P2
GO
-- repositories/fees.userId
UPDATE [dbo].[SellerTaxDetails]
SET [Name] = @P1, [Address] = @P2, [Country] = @P3, [VatNumber] = @P4, [UpdatedAt] = @P5
WHERE [dbo].[SellerTaxDetails].[UserId] = @P6
GO
-- repositories/accounts.revokeSession
UPDATE [dbo].[Sessions]
SET [RevokedAt] = @P1
WHERE ([dbo].[Sessions].[Id] = @P2 AND [dbo].[Sessions].[UserId] = @P3 AND [dbo].[Sessions].[RevokedAt] IS NULL
  AND [dbo].[Sessions].[ExpiresAt] > @P4)
GO
-- repositories/accounts.revokeOtherSessions
UPDATE [dbo].[Sessions]
SET [RevokedAt] = @P1
WHERE ([dbo].[Sessions].[UserId] = @P2 AND [dbo].[Sessions].[Id] <> @P3 AND [dbo].[Sessions].[RevokedAt] IS NULL)
GO
-- repositories/accounts.revokeSessions
UPDATE [dbo].[Sessions]
SET [RevokedAt] = @P1
WHERE ([dbo].[Sessions].[UserId] = @P2 AND [dbo].[Sessions].[RevokedAt] IS NULL AND [dbo].[Sessions].[ExpiresAt] > @P3
  AND [dbo].[Sessions].[Id] <> @P4)
GO
-- repositories/accounts.revokeSessions
UPDATE [dbo].[Sessions]
SET [RevokedAt] = @P1
WHERE ([dbo].[Sessions].[UserId] = @P2 AND [dbo].[Sessions].[RevokedAt] IS NULL AND [dbo].[Sessions].[ExpiresAt] > @P3)
GO
-- repositories/second-factor.unmarkSessions
UPDATE [dbo].[Sessions]
SET [SecondFactor] = @P1
WHERE ([dbo].[Sessions].[UserId] = @P2 AND [dbo].[Sessions].[SecondFactor] IN (@P3))
GO
-- repositories/second-factor.markSession
UPDATE [dbo].[Sessions]
SET [SecondFactor] = @P1
WHERE [dbo].[Sessions].[Id] = @P2
GO
-- repositories/accounts.rotateSession
UPDATE [dbo].[Sessions]
SET [TokenHash] = @P1, [PreviousHash] = @P2, [PreviousUntil] = @P3, [ExpiresAt] = @P4, [LastUsedAt] = @P5
WHERE ([dbo].[Sessions].[Id] = @P6 AND [dbo].[Sessions].[TokenHash] = @P7 AND [dbo].[Sessions].[RevokedAt] IS NULL
  AND [dbo].[Sessions].[ExpiresAt] > @P8)
GO
-- repositories/accounts.setCredentials
UPDATE [dbo].[Users]
SET [EmailVerifiedAt] = @P1
WHERE ([dbo].[Users].[Id] = @P2 AND ([dbo].[Users].[Email] IS NULL OR [dbo].[Users].[Email] <> @P3))
GO
-- repositories/verifications.verifyEmail
UPDATE [dbo].[Users]
SET [EmailVerifiedAt] = @P1
WHERE ([dbo].[Users].[Id] = @P2 AND [dbo].[Users].[Email] = @P3)
GO
-- repositories/accounts.setCredentials
UPDATE [dbo].[Users]
SET [EmailVerifiedAt] = @P1
WHERE [dbo].[Users].[Id] = @P2
GO
-- repositories/accounts.setCredentials
UPDATE [dbo].[Users]
SET [EmailVerifiedAt] = @P1, [EmailSetAt] = @P2
WHERE ([dbo].[Users].[Id] = @P3 AND ([dbo].[Users].[Email] IS NULL OR [dbo].[Users].[Email] <> @P4))
GO
-- repositories/accounts.setCredentials
UPDATE [dbo].[Users]
SET [Email] = @P1, [PasswordHash] = @P2, [FailedSignIns] = @P3, [LockedUntil] = @P4, [UpdatedAt] = @P5
WHERE [dbo].[Users].[Id] = @P6
GO
-- repositories/accounts.setCredentials
UPDATE [dbo].[Users]
SET [Email] = @P1, [PasswordHash] = @P2, [UpdatedAt] = @P3
WHERE ([dbo].[Users].[Id] = @P4 AND [dbo].[Users].[DeletedAt] IS NULL)
GO
-- repositories/verifications.verifyEmail
UPDATE [dbo].[Users]
SET [Email] = @P1, [UpdatedAt] = @P2
WHERE ([dbo].[Users].[Email] = @P3 AND [dbo].[Users].[Id] <> @P4 AND [dbo].[Users].[EmailVerifiedAt] IS NULL)
GO
-- repositories/accounts.countFailedSignIn
UPDATE [dbo].[Users]
SET [FailedSignIns] = ([dbo].[Users].[FailedSignIns] + @P1)
WHERE [dbo].[Users].[Id] = @P2
GO
-- repositories/accounts.countFailedSignIn
UPDATE [dbo].[Users]
SET [FailedSignIns] = @P1, [LockedUntil] = @P2
WHERE ([dbo].[Users].[Id] = @P3 AND [dbo].[Users].[FailedSignIns] >= @P4)
GO
-- repositories/accounts.clearFailedSignIns
UPDATE [dbo].[Users]
SET [FailedSignIns] = @P1, [LockedUntil] = @P2
WHERE [dbo].[Users].[Id] = @P3
GO
-- repositories/accounts.rename
UPDATE [dbo].[Users]
SET [FullName] = @P1, [SearchName] = @P2, [UpdatedAt] = @P3
WHERE ([dbo].[Users].[Id] = @P4 AND [dbo].[Users].[DeletedAt] IS NULL)
GO
-- repositories/accounts.rename, repositories/sellers.updateStore
UPDATE [dbo].[Users]
SET [FullName] = @P1, [SearchName] = @P2, [UpdatedAt] = @P3
WHERE [dbo].[Users].[Id] = @P4
GO
-- repositories/accounts.lockDomain
UPDATE [dbo].[Users]
SET [PasswordHash] = @P1, [DisabledAt] = @P2
WHERE [dbo].[Users].[Email] LIKE CONCAT('%', @P3)
GO
-- repositories/accounts.lock, repositories/sellers.updateStore
UPDATE [dbo].[Users]
SET [UpdatedAt] = @P1
WHERE [dbo].[Users].[Id] = @P2
GO
-- repositories/wallets.useNonce
UPDATE [dbo].[WalletNonces]
SET [UsedAt] = @P1
WHERE ([dbo].[WalletNonces].[NonceHash] = @P2 AND [dbo].[WalletNonces].[UsedAt] IS NULL
  AND [dbo].[WalletNonces].[ExpiresAt] > @P3)
GO
