export * from './dashboard.ts';
export * from './explain-score.ts';
export * from './export-ratings.ts';
export * from './give-feedback.ts';
export * from './ports.ts';
export * from './reply-to-rating.ts';
export * from './windows.ts';
