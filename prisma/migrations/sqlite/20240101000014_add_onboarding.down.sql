-- destructive: EmailVerifications, SellerVerifications, SellerVerificationFiles, EmailMessages, SellerPayoutDetails, SellerOnboarding, Users.EmailVerifiedAt, SellerProfiles.ContactEmail, SellerProfiles.Website, SellerProfiles.SocialLinks
DROP TABLE SellerOnboarding;
DROP TABLE SellerPayoutDetails;
DROP TABLE EmailMessages;
DROP TABLE SellerVerificationFiles;
DROP TABLE SellerVerifications;
DROP TABLE EmailVerifications;
ALTER TABLE SellerProfiles DROP COLUMN SocialLinks;
ALTER TABLE SellerProfiles DROP COLUMN Website;
ALTER TABLE SellerProfiles DROP COLUMN ShowContactEmail;
ALTER TABLE SellerProfiles DROP COLUMN ContactEmail;
ALTER TABLE SellerProfiles DROP COLUMN TierId;
ALTER TABLE Users DROP COLUMN EmailVerifiedAt;
