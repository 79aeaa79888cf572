export * from './marketplace.ts';
export { toUnifiedListing } from './views.ts';
