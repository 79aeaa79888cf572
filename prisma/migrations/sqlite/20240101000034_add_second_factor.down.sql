-- destructive: AuthenticatorApps, RecoveryCodes, Sessions.SecondFactor
DROP TABLE RecoveryCodes;
DROP TABLE AuthenticatorApps;
ALTER TABLE Sessions DROP COLUMN SecondFactor;
