-- Every statement that the product sends to SQL Server, with the functions that send it. Written, from a run of the suites on a SQL
-- Server, by: npm test -- contract integration ops --update
GO
-- repositories/emails.forgetSettled
DELETE FROM EmailMessages
WHERE Status IN ('sent', 'dead') AND SettledAt < @P1
GO
-- repositories/flags.save
DELETE FROM FeatureFlagTargets
WHERE FlagName = @P1
GO
-- repositories/flags.save
DELETE FROM FeatureFlagVariants
WHERE FlagName = @P1
GO
-- repositories/images.markForgotten
DELETE FROM ImageUses
WHERE ImageId IN (SELECT f.Id FROM Images f WHERE f.Status = 'failed' AND f.UpdatedAt < @P1)
GO
-- repositories/metrics.inPortions
DELETE FROM OutboxEvents
WHERE Id IN (SELECT t.Id FROM OutboxEvents t WHERE t.CreatedAt < @P1 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/ratings.delete
DELETE FROM RatingHelpfulVotes
WHERE RatingId = @P1
GO
-- repositories/ratings.delete
DELETE FROM RatingReplies
WHERE RatingId = @P1
GO
-- repositories/metrics.condenseSamples
DELETE FROM RequestSamples
WHERE At < @P1 AND Hourly = 0
GO
-- repositories/metrics.inPortions
DELETE FROM RequestSamples
WHERE Id IN (SELECT t.Id FROM RequestSamples t WHERE t.At < @P1 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY)
GO
-- repositories/metrics.inPortions
DELETE FROM SellerCacheInvalidations
WHERE Id IN (SELECT t.Id FROM SellerCacheInvalidations t WHERE t.CompletedAt < @P1 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P2 ROWS
  ONLY)
GO
-- repositories/ratings.delete
DELETE FROM SellerRatings
WHERE Id = @P1 AND Version = @P2
GO
-- repositories/metrics.inPortions
DELETE FROM Sessions
WHERE Id IN (SELECT t.Id FROM Sessions t WHERE t.ExpiresAt < @P1
  OR t.RevokedAt < @P2 ORDER BY t.Id OFFSET 0 ROWS FETCH NEXT @P3 ROWS ONLY)
GO
-- repositories/verifications.forgetEmailLinks
DELETE FROM [dbo].[EmailVerifications]
WHERE [dbo].[EmailVerifications].[ExpiresAt] < @P1
GO
-- repositories/idempotency.release
DELETE FROM [dbo].[IdempotencyKeys]
WHERE ([dbo].[IdempotencyKeys].[UserId] = @P1 AND [dbo].[IdempotencyKeys].[KeyHash] = @P2
  AND [dbo].[IdempotencyKeys].[Status] = @P3)
GO
-- repositories/idempotency.forgetBefore
DELETE FROM [dbo].[IdempotencyKeys]
WHERE [dbo].[IdempotencyKeys].[CreatedAt] < @P1
GO
-- repositories/ratings.removeHelpfulVote
DELETE FROM [dbo].[RatingHelpfulVotes]
WHERE ([dbo].[RatingHelpfulVotes].[RatingId] = @P1 AND [dbo].[RatingHelpfulVotes].[UserId] = @P2)
GO
-- repositories/wallets.forgetNonces
DELETE FROM [dbo].[WalletNonces]
WHERE [dbo].[WalletNonces].[ExpiresAt] < @P1
GO
-- repositories/records.append
INSERT INTO AuditLog (At, ActorId, ActorKind, Action, Entity, EntityId, Detail, RequestId)
SELECT n.at, n.actorId, n.actorKind, n.action, n.entity, n.entityId, n.detail, n.requestId
FROM (SELECT at, actorId, actorKind, action, entity, entityId, detail, requestId FROM (VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7,
  @P8)) v (at, actorId, actorKind, action, entity, entityId, detail, requestId)) n
WHERE 1 = 1
GO
-- repositories/imports.createAccounts
INSERT INTO ExternalAccounts (Source, ExternalId, UserId)
SELECT @P1, l.externalId, l.userId
FROM (SELECT externalId, userId FROM (VALUES (@P2, @P3)) v (externalId, userId)) l
WHERE 1 = 1
GO
-- repositories/flags.appendChange
INSERT INTO FeatureFlagChanges (FlagName, At, ActorId, ActorKind, Action, StateBefore, StateAfter, RequestId)
OUTPUT INSERTED.Id AS id
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8)
GO
-- repositories/flags.writeRow
INSERT INTO FeatureFlags (Name, Description, Owner, ExpiresAt, Enabled, Killed, RolloutPercentage, Version, UpdatedAt, UpdatedBy)
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7, @P8, @P9, @P10)
GO
-- repositories/imports.openRun
INSERT INTO ImportRuns (Source, FileName, Fingerprint, StartedAt)
VALUES (@P1, @P2, @P3, @P4)
GO
-- repositories/maintenance.lease
INSERT INTO JobLeases (Name, NextRunAt)
VALUES (@P1, @P2)
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
-- repositories/metrics.condenseSamples
INSERT INTO RequestSamples (At, Endpoint, Hourly, Requests, Errors, To25, To50, To100, To250, To500, To1000, To2500, Longer)
SELECT DATEADD(HOUR, DATEDIFF(HOUR, '1970-01-01', q.At), CAST('1970-01-01' AS DATETIME2(3))), q.Endpoint, 1, SUM(q.Requests),
  SUM(q.Errors), SUM(q.To25), SUM(q.To50), SUM(q.To100), SUM(q.To250), SUM(q.To500), SUM(q.To1000), SUM(q.To2500), SUM(q.Longer)
FROM RequestSamples q
WHERE q.At < @P1 AND Hourly = 0
GROUP BY DATEADD(HOUR, DATEDIFF(HOUR, '1970-01-01', q.At), CAST('1970-01-01' AS DATETIME2(3))), q.Endpoint
GO
-- repositories/invalidations.noteInvalidation
INSERT INTO SellerCacheInvalidations (Id, SellerId, InvalidationType, Component, TriggeredAt)
VALUES (@P1, @P2, @P3, @P4, @P5)
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
-- repositories/rating-days.moveDays
INSERT INTO SellerRatingDays (SellerId, Day, Stars3)
VALUES (@P1, @P2, @P3)
GO
-- repositories/imports.insertPortion
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
-- repositories/imports.insertPortion
INSERT INTO SellerRatings (SellerId, RaterId, Rating, Comment, Source, ImportRunId, CreatedAt, UpdatedAt)
SELECT n.sellerId, n.raterId, n.rating, n.comment, 'imported', @P1, n.at, n.at
FROM (SELECT sellerId, raterId, rating, comment, at FROM (VALUES (@P2, @P3, @P4, @P5, @P6)) v (sellerId, raterId, rating, comment,
  at)) n
WHERE 1 = 1
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
-- repositories/idempotency.claim
INSERT INTO [dbo].[IdempotencyKeys] ([dbo].[IdempotencyKeys].[UserId], [dbo].[IdempotencyKeys].[KeyHash],
  [dbo].[IdempotencyKeys].[RequestHash], [dbo].[IdempotencyKeys].[Status], [dbo].[IdempotencyKeys].[CreatedAt],
  [dbo].[IdempotencyKeys].[LockedUntil])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6)
GO
-- repositories/orders.create, repositories/orders.move
INSERT INTO [dbo].[OrderEvents] ([dbo].[OrderEvents].[OrderId], [dbo].[OrderEvents].[FromStatus], [dbo].[OrderEvents].[ToStatus],
  [dbo].[OrderEvents].[ActorId], [dbo].[OrderEvents].[At])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/ratings.addHelpfulVote
INSERT INTO [dbo].[RatingHelpfulVotes] ([dbo].[RatingHelpfulVotes].[RatingId], [dbo].[RatingHelpfulVotes].[UserId],
  [dbo].[RatingHelpfulVotes].[CreatedAt])
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
-- repositories/sellers.open
INSERT INTO [dbo].[SellerProfiles] ([dbo].[SellerProfiles].[UserId], [dbo].[SellerProfiles].[TierId],
  [dbo].[SellerProfiles].[ShowContactEmail], [dbo].[SellerProfiles].[CreatedAt], [dbo].[SellerProfiles].[UpdatedAt])
VALUES (@P1, @P2, @P3, @P4, @P5)
GO
-- repositories/accounts.createSession
INSERT INTO [dbo].[Sessions] ([dbo].[Sessions].[Id], [dbo].[Sessions].[UserId], [dbo].[Sessions].[TokenHash],
  [dbo].[Sessions].[Device], [dbo].[Sessions].[CreatedAt], [dbo].[Sessions].[LastUsedAt], [dbo].[Sessions].[ExpiresAt])
VALUES (@P1, @P2, @P3, @P4, @P5, @P6, @P7)
GO
-- repositories/accounts.create, repositories/accounts.grantRole
INSERT INTO [dbo].[UserRoles] ([dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role], [dbo].[UserRoles].[GrantedAt])
VALUES (@P1, @P2, @P3)
GO
-- repositories/aggregates.remaining
SELECT CAST(COUNT(*) AS INT) AS accounts
FROM Users u
WHERE u.Id > @P1
GO
-- engine/listing-search-sqlserver.countRows
SELECT CAST(COUNT(*) AS INT) AS n
FROM (SELECT TOP (@P1) l.Id FROM SellerListings l WHERE l.Status = 'active' AND l.SearchText LIKE @P2) t
GO
-- engine/listing-search-sqlserver.hasFullText
SELECT CAST(COUNT(*) AS INT) AS n
FROM sys.fulltext_indexes i
WHERE i.object_id = OBJECT_ID('SellerListings')
GO
-- repositories/records.lastId
SELECT COALESCE(MAX(e.Id), 0) AS id
FROM OutboxEvents e
GO
-- repositories/maintenance.lease
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[JobLeases].[Name] FROM [dbo].[JobLeases] WHERE [dbo].[JobLeases].[Name] = @P1) AS [sub]
GO
-- repositories/sellers.open
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[SellerProfiles].[UserId] FROM [dbo].[SellerProfiles] WHERE [dbo].[SellerProfiles].[UserId] = @P1) AS [sub]
GO
-- repositories/accounts.grantRole
SELECT COUNT(*) AS [_count$_all]
FROM (SELECT [dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role] FROM [dbo].[UserRoles] WHERE ([dbo].[UserRoles].[UserId] = @P1
  AND [dbo].[UserRoles].[Role] = @P2)) AS [sub]
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
-- repositories/idempotency.claim
SELECT [dbo].[IdempotencyKeys].[UserId], [dbo].[IdempotencyKeys].[KeyHash], [dbo].[IdempotencyKeys].[RequestHash],
  [dbo].[IdempotencyKeys].[Status], [dbo].[IdempotencyKeys].[ResponseStatus], [dbo].[IdempotencyKeys].[ResponseBody],
  [dbo].[IdempotencyKeys].[CreatedAt], [dbo].[IdempotencyKeys].[LockedUntil]
FROM [dbo].[IdempotencyKeys]
WHERE (([dbo].[IdempotencyKeys].[UserId] = @P1 AND [dbo].[IdempotencyKeys].[KeyHash] = @P2) AND 1=1)
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
-- repositories/payout-details.sealedByOthers
SELECT [dbo].[SellerPayoutDetails].[UserId], [dbo].[SellerPayoutDetails].[Method], [dbo].[SellerPayoutDetails].[Sealed],
  [dbo].[SellerPayoutDetails].[KeyId], [dbo].[SellerPayoutDetails].[Masked], [dbo].[SellerPayoutDetails].[Currency],
  [dbo].[SellerPayoutDetails].[Version], [dbo].[SellerPayoutDetails].[CreatedAt], [dbo].[SellerPayoutDetails].[UpdatedAt]
FROM [dbo].[SellerPayoutDetails]
WHERE [dbo].[SellerPayoutDetails].[KeyId] <> @P1
ORDER BY [dbo].[SellerPayoutDetails].[UserId] ASC
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
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
-- repositories/accounts.findById
SELECT [dbo].[UserRoles].[UserId], [dbo].[UserRoles].[Role]
FROM [dbo].[UserRoles]
WHERE [dbo].[UserRoles].[UserId] = @P1
ORDER BY [dbo].[UserRoles].[Role] ASC
OFFSET @P2 ROWS
GO
-- repositories/accounts.findById
SELECT [dbo].[Users].[Id], [dbo].[Users].[Email], [dbo].[Users].[FullName], [dbo].[Users].[PasswordHash],
  [dbo].[Users].[FailedSignIns], [dbo].[Users].[LockedUntil], [dbo].[Users].[EmailVerifiedAt], [dbo].[Users].[CreatedAt]
FROM [dbo].[Users]
WHERE ([dbo].[Users].[Id] = @P1 AND 1=1)
ORDER BY 1
OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY
GO
-- repositories/imports.findAccounts
SELECT a.ExternalId AS externalId, a.UserId AS userId
FROM ExternalAccounts a
WHERE a.Source = @P1 AND a.ExternalId IN (@P2)
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
-- repositories/verifications.leftovers
SELECT d.Id AS id, d.StorageKey AS storageKey
FROM SellerVerificationFiles d
JOIN SellerVerifications v ON v.Id = d.VerificationId
WHERE d.RemovedAt IS NULL AND ((d.StoredAt IS NULL AND d.CreatedAt < @P1) OR v.DecidedAt < @P2 OR (v.Status = 'draft'
  AND d.CreatedAt < @P3))
ORDER BY d.Id
OFFSET 0 ROWS FETCH NEXT @P4 ROWS ONLY
GO
-- repositories/records.readAfter
SELECT e.Id AS id, e.Topic AS topic, e.SubjectId AS subjectId, e.CreatedAt AS at
FROM OutboxEvents e
WHERE e.Id > @P1
ORDER BY e.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
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
-- repositories/images.claim
SELECT i.Id AS id, i.OwnerId AS ownerId, i.Purpose AS purpose, i.Status AS status, i.Bytes AS bytes, i.OriginalKey AS originalKey,
  i.Width AS width, i.Height AS height, i.Blur AS blur, i.Failure AS failure, i.Attempts AS attempts, i.CreatedAt AS createdAt
FROM Images i
WHERE Status IN ('uploaded', 'processing') AND LeaseUntil <= @P1 AND DeletedAt IS NULL
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
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
-- repositories/invalidations.read
SELECT i.Id AS id, i.SellerId AS sellerId, i.Component AS component, i.TriggeredAt AS triggeredAt, i.CompletedAt AS completedAt
FROM SellerCacheInvalidations i
WHERE i.CompletedAt IS NULL AND i.TriggeredAt < @P1
ORDER BY i.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
GO
-- engine/listing-search-sqlserver.unfoldedTexts
SELECT l.Id AS id, l.Title AS title, l.Description AS description, l.Metadata AS metadata
FROM SellerListings l
WHERE l.SearchText IS NULL
ORDER BY l.Id
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/maintenance.last
SELECT m.Id AS id, m.FinishedAt AS at, m.Done AS sellers, m.Wrong - m.Corrected AS wrong, m.Corrected AS corrected,
  m.Findings AS findings
FROM MaintenanceRuns m
WHERE m.Kind = 'verify' AND m.Status = 'done'
ORDER BY m.FinishedAt DESC
OFFSET 0 ROWS FETCH NEXT @P1 ROWS ONLY
GO
-- repositories/emails.claim
SELECT m.Id AS id, m.Kind AS kind, m.Recipient AS recipient, m.Subject AS subject, m.TextBody AS text, m.HtmlBody AS html,
  m.Attempts AS attempts
FROM EmailMessages m
WHERE Status IN ('queued', 'sending') AND LeaseUntil <= @P1
ORDER BY m.LeaseUntil, m.Id
OFFSET 0 ROWS FETCH NEXT @P2 ROWS ONLY
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
-- repositories/maintenance.claim
SELECT m.RequestId AS requestId, m.TraceParent AS traceParent
FROM MaintenanceRuns m
WHERE m.Id = @P1
GO
-- repositories/metrics.ratingPaces
SELECT n.SellerId AS sellerId, u.FullName AS sellerName, n.Ratings AS thisHour,
  (SELECT CAST(COUNT(*) AS INT) FROM SellerRatings b WHERE b.SellerId = n.SellerId AND b.CreatedAt >= @P1
  AND b.CreatedAt < @P2) AS before
FROM (SELECT r.SellerId, CAST(COUNT(*) AS INT) AS Ratings FROM SellerRatings r WHERE r.CreatedAt >= @P3
  AND r.CreatedAt < @P4 GROUP BY r.SellerId) n
JOIN Users u ON u.Id = n.SellerId
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
-- repositories/flags.read
SELECT t.FlagName AS flag, t.Kind AS kind, t.Value AS value
FROM FeatureFlagTargets t
ORDER BY t.Kind, t.Value
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
-- repositories/histogram.readHistograms
SELECT u.Id AS id, u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5
FROM Users u
WHERE u.Id IN (@P1)
GO
-- repositories/flags.read
SELECT v.FlagName AS flag, v.Name AS name, v.Weight AS weight
FROM FeatureFlagVariants v
ORDER BY v.Position
GO
-- repositories/ratings.standing
SELECT x.sellerName AS sellerName, x.raterName AS raterName, x.ratingId AS ratingId, x.struck AS struck, x.orderId AS orderId,
  p.Title AS purchase
FROM (SELECT s.FullName AS sellerName, u.FullName AS raterName, (SELECT r.Id FROM SellerRatings r WHERE r.SellerId = s.Id
  AND r.RaterId = u.Id) AS ratingId, CASE WHEN k.RatedOrder IS NULL THEN 0 ELSE 1 END AS struck,
  (SELECT MAX(o.Id) FROM Orders o WHERE o.BuyerId = u.Id AND o.SellerId = s.Id AND o.Status = 'completed'
  AND o.Id > COALESCE((SELECT r.OrderId FROM SellerRatings r WHERE r.SellerId = s.Id AND r.RaterId = u.Id), 0)
  AND o.Id > COALESCE(k.RatedOrder, 0)) AS orderId FROM Users s JOIN Users u ON u.Id = @P1 LEFT JOIN (SELECT t.RaterId,
  MAX(COALESCE(t.OrderId, 0)) AS RatedOrder FROM StruckRatings t WHERE t.SellerId = @P2
  AND t.RaterId = @P3 GROUP BY t.RaterId) k ON k.RaterId = u.Id WHERE s.Id = @P4) x
LEFT JOIN Orders p ON p.Id = x.orderId
GO
-- repositories/flags.writeRow
UPDATE FeatureFlags
SET Description = @P1, Owner = @P2, ExpiresAt = @P3, Enabled = @P4, Killed = @P5, RolloutPercentage = @P6, Version = @P7,
  UpdatedAt = @P8, UpdatedBy = @P9
WHERE Name = @P10 AND Version = @P11
GO
-- repositories/images.markForgotten
UPDATE Images
SET DeletedAt = @P1, LiveKey = CONCAT('gone:', Id)
WHERE DeletedAt IS NULL AND (UpdatedAt < @P2 OR (Status = 'receiving' AND UpdatedAt < @P3) OR (Status = 'failed'
  AND UpdatedAt < @P4)) AND NOT EXISTS (SELECT 1 FROM ImageUses u WHERE u.ImageId = Images.Id)
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
-- repositories/maintenance.lease
UPDATE JobLeases
SET Holder = @P1, NextRunAt = @P2
WHERE Name = @P3 AND NextRunAt <= @P4
GO
-- repositories/maintenance.change
UPDATE MaintenanceRuns
SET HeartbeatAt = @P1
WHERE Id = @P2 AND Holder = @P3 AND Status = 'running'
GO
-- repositories/maintenance.claim
UPDATE MaintenanceRuns
SET Status = 'running', Holder = @P1, HeartbeatAt = @P2, StartedAt = COALESCE(StartedAt, @P3)
WHERE Id = @P4 AND (Status = 'queued' OR (Status = 'running' AND HeartbeatAt < @P5))
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
-- repositories/ratings.update
UPDATE SellerRatings
SET Rating = @P1, Comment = @P2, Version = Version + 1, UpdatedAt = @P3
WHERE Id = @P4 AND Version = @P5
GO
-- repositories/ratings.moveStars
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
-- repositories/ratings.moveStars
UPDATE Users
SET Stars3 = Stars3 + 1
OUTPUT INSERTED.Stars1 AS s1, INSERTED.Stars2 AS s2, INSERTED.Stars3 AS s3, INSERTED.Stars4 AS s4, INSERTED.Stars5 AS s5
WHERE Id = @P1
GO
-- repositories/ratings.moveStars
UPDATE Users
SET Stars3 = Stars3 - 1, Stars2 = Stars2 + 1
OUTPUT INSERTED.Stars1 AS s1, INSERTED.Stars2 AS s2, INSERTED.Stars3 AS s3, INSERTED.Stars4 AS s4, INSERTED.Stars5 AS s5
WHERE Id = @P1
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
-- repositories/orders.move
UPDATE [dbo].[Orders]
SET [Status] = @P1, [UpdatedAt] = @P2
WHERE ([dbo].[Orders].[Id] = @P3 AND [dbo].[Orders].[Status] = @P4)
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
-- repositories/accounts.revokeSession
UPDATE [dbo].[Sessions]
SET [RevokedAt] = @P1
WHERE ([dbo].[Sessions].[Id] = @P2 AND [dbo].[Sessions].[UserId] = @P3 AND [dbo].[Sessions].[RevokedAt] IS NULL
  AND [dbo].[Sessions].[ExpiresAt] > @P4)
GO
-- repositories/accounts.rotateSession
UPDATE [dbo].[Sessions]
SET [TokenHash] = @P1, [PreviousHash] = @P2, [PreviousUntil] = @P3, [ExpiresAt] = @P4, [LastUsedAt] = @P5
WHERE ([dbo].[Sessions].[Id] = @P6 AND [dbo].[Sessions].[TokenHash] = @P7 AND [dbo].[Sessions].[RevokedAt] IS NULL
  AND [dbo].[Sessions].[ExpiresAt] > @P8)
GO
