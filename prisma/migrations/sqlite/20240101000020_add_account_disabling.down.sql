-- destructive: Users.DisabledAt
ALTER TABLE Users DROP COLUMN DisabledAt;
