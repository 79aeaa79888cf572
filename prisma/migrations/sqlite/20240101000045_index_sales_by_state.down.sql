DROP INDEX IX_Orders_Seller_Status;
