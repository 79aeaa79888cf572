-- destructive: AttemptCounters
DROP TABLE AttemptCounters;
