-- destructive: EmailVerifications, SellerVerifications, SellerVerificationFiles, EmailMessages, SellerPayoutDetails, SellerOnboarding, Users.EmailVerifiedAt, SellerProfiles.ContactEmail, SellerProfiles.Website, SellerProfiles.SocialLinks
:on error exit
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
GO
BEGIN TRANSACTION;
GO
DROP TABLE SellerOnboarding;
DROP TABLE SellerPayoutDetails;
DROP TABLE EmailMessages;
DROP TABLE SellerVerificationFiles;
DROP TABLE SellerVerifications;
DROP TABLE EmailVerifications;
GO
ALTER TABLE SellerProfiles DROP COLUMN SocialLinks;
GO
ALTER TABLE SellerProfiles DROP COLUMN Website;
GO
ALTER TABLE SellerProfiles DROP CONSTRAINT IF EXISTS DF_SellerProfiles_ShowContactEmail;
GO
ALTER TABLE SellerProfiles DROP COLUMN ShowContactEmail;
GO
ALTER TABLE SellerProfiles DROP COLUMN ContactEmail;
GO
ALTER TABLE SellerProfiles DROP CONSTRAINT IF EXISTS DF_SellerProfiles_TierId;
GO
ALTER TABLE SellerProfiles DROP COLUMN TierId;
GO
ALTER TABLE Users DROP COLUMN EmailVerifiedAt;
GO
COMMIT TRANSACTION;
GO
