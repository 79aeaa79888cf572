-- destructive: Passkeys, PasskeyChallenges
DROP TABLE PasskeyChallenges;
DROP TABLE Passkeys;
