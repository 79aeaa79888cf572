export * from './ports.ts';
export * from './rules.ts';
export * from './schedule.ts';
