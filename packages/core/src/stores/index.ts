export * from './follow-store.ts';
export * from './list-following.ts';
export * from './ports.ts';
export * from './share-facts.ts';
export * from './store-page.ts';
export * from './store-settings.ts';
export { setVacation } from './vacation.ts';
