-- Files of documents are sealed.
ALTER TABLE SellerVerificationFiles ADD COLUMN KeyId TEXT NULL;
