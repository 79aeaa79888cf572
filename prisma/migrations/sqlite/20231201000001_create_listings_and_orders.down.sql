-- destructive: SellerProfiles, SellerListings, Orders
DROP TABLE Payments;
DROP TABLE OrderEvents;
DROP TABLE Orders;
DROP TABLE SellerListings;
DROP TABLE SellerProfiles;
