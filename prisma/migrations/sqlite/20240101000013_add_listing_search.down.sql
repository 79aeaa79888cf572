-- The folded words are made of the listings themselves: nothing is lost.
DROP INDEX IX_SellerListings_Price;
DROP INDEX IX_SellerListings_Found;
DROP INDEX IX_SellerListings_Newest;
ALTER TABLE SellerListings DROP COLUMN SearchText;
