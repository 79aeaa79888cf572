export * from './create-listing.ts';
export * from './delete-draft.ts';
export * from './edit-listing.ts';
export * from './listings.ts';
export * from './move-listing.ts';
export * from './ports.ts';
export * from './rules.ts';
export * from './views.ts';
