-- destructive: MessageThreads, MessageThreadSides, Messages
DROP TABLE Messages;
DROP TABLE MessageThreadSides;
DROP TABLE MessageThreads;
