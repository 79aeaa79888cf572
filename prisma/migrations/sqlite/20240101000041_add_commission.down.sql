-- destructive: SellerTaxDetails, OrderFeeLines, OrderFees, CommissionRules
DROP TABLE SellerTaxDetails;
DROP TABLE OrderFeeLines;
DROP TABLE OrderFees;
DROP TABLE CommissionRules;
