-- destructive: Wallets
DROP TABLE WalletNonces;
DROP TABLE Wallets;
