-- destructive: Returns, ReturnItems, ReturnEvents
DROP TABLE ReturnEvents;
DROP TABLE ReturnItems;
DROP TABLE Returns;
