-- destructive: Tasks
DROP TABLE Tasks;
