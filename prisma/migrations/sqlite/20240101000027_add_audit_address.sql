-- From which network an act came, shortened: enough to see a stolen account, and no household.
ALTER TABLE AuditLog ADD COLUMN AddressPrefix TEXT NULL;
