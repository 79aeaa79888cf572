export * from './alerts.ts';
export * from './dashboard.ts';
export * from './maintenance.ts';
export * from './manage-cache.ts';
export * from './metrics.ts';
export * from './ports.ts';
export * from './spikes.ts';
export * from './success-report.ts';
