-- destructive: SellerProfiles, SellerListings, Orders, OrderEvents, Payments
DROP TABLE Payments;
DROP TABLE OrderEvents;
DROP TABLE Orders;
DROP TABLE SellerListings;
DROP TABLE SellerProfiles;
