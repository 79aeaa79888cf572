-- destructive: EmailChanges, PasswordResets, Users.Email, Users.EmailSetAt
DROP TABLE EmailChanges;
DROP TABLE PasswordResets;
DROP INDEX IX_Users_Email;
DROP INDEX UX_Users_ProvenEmail;
UPDATE Users SET Email = NULL
WHERE Email IS NOT NULL AND EmailVerifiedAt IS NULL AND EXISTS (
  SELECT 1 FROM Users o WHERE o.Email = Users.Email AND o.Id <> Users.Id AND (o.EmailVerifiedAt IS NOT NULL OR o.Id < Users.Id));
ALTER TABLE Users DROP COLUMN EmailSetAt;
CREATE UNIQUE INDEX UX_Users_Email ON Users (Email) WHERE Email IS NOT NULL;
