-- The index is made of the listings themselves: nothing is lost.
DROP TRIGGER TR_SellerListings_Search_After;
DROP TRIGGER TR_SellerListings_Search_Before;
DROP TRIGGER TR_SellerListings_Search_Delete;
DROP TRIGGER TR_SellerListings_Search_Insert;
DROP TABLE ListingSearch;
DROP VIEW ListingTexts;
