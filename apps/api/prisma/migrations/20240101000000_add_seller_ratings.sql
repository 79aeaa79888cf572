-- The deployment guide of the ratings names the file here. Run sqlcmd in the folder of the checkout: the path is relative to it.
:on error exit
:r prisma/migrations/sqlserver/20240101000000_add_seller_ratings.sql
