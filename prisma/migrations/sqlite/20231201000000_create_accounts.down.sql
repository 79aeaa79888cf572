-- destructive: Users, UserRoles, AuditLog
DROP TABLE IdempotencyKeys;
DROP TABLE OutboxEvents;
DROP TABLE AuditLog;
DROP TABLE Sessions;
DROP TABLE UserRoles;
DROP TABLE Users;
