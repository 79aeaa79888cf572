-- destructive: ProviderEvents, ProviderEventPulls
DROP TABLE ProviderEventPulls;
DROP TABLE ProviderEvents;
