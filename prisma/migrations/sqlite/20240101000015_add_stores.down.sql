-- destructive: Stores, StoreFeatured, StoreFollows, FollowingVisits
DROP TABLE FollowingVisits;
DROP TABLE StoreFollows;
DROP TABLE StoreFeatured;
DROP TABLE Stores;
