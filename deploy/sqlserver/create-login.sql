-- The login of the API, after the first migrations: it reads and writes, and changes no schema. PASSWORD is a variable of sqlcmd.
:on error exit
IF SUSER_ID(N'assay') IS NULL CREATE LOGIN assay WITH PASSWORD = N'$(PASSWORD)';
GO
IF USER_ID(N'assay') IS NULL CREATE USER assay FOR LOGIN assay;
GO
ALTER ROLE db_datareader ADD MEMBER assay;
ALTER ROLE db_datawriter ADD MEMBER assay;
-- A rating that comes back keeps its number (IDENTITY_INSERT).
GRANT ALTER ON dbo.SellerRatings TO assay;
GO
