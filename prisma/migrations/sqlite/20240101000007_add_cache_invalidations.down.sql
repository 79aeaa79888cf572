DROP TABLE SellerCacheInvalidations;
