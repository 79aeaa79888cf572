DROP INDEX IX_Orders_Listing;
