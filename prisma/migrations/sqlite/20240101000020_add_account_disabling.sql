-- Accounts can be disabled: they cannot sign in any more.
ALTER TABLE Users ADD COLUMN DisabledAt DATETIME NULL;
