-- destructive: CancelledItems
DROP TABLE CancelledItems;
