-- The deployment guide of the ratings names the file here. Run sqlcmd in the folder of the checkout: the path is relative to it.
:on error exit
:r prisma/migrations/sqlserver/backfill-rating-aggregates.sql
