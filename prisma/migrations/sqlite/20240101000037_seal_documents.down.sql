-- destructive: SellerVerificationFiles.KeyId
ALTER TABLE SellerVerificationFiles DROP COLUMN KeyId;
