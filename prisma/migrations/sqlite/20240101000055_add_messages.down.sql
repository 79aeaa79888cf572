-- destructive: MessageThreads, MessageThreadSides, Messages, MessageBlocks, MessageReports
DROP TABLE MessageReports;
DROP TABLE MessageBlocks;
DROP TABLE Messages;
DROP TABLE MessageThreadSides;
DROP TABLE MessageThreads;
