export * from './appeal-decision.ts';
export * from './decide.ts';
export * from './moderation-queue.ts';
export * from './ports.ts';
export * from './report-rating.ts';
export * from './views.ts';
