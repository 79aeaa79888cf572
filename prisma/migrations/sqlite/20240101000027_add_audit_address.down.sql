-- destructive: AuditLog.AddressPrefix
ALTER TABLE AuditLog DROP COLUMN AddressPrefix;
