export * from './marketplace.ts';
export { resolveSeller } from './resolve-seller.ts';
export { toUnifiedListing } from './views.ts';
