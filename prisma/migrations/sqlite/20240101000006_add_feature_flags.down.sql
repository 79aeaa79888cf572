-- destructive: FeatureFlags, FeatureFlagChanges
DROP TABLE FeatureFlagTargets;
DROP TABLE FeatureFlagVariants;
DROP TABLE FeatureFlags;
DROP TABLE FeatureFlagChanges;
