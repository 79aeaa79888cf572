export * from './ports.ts';
export { getOwnProfile } from './profile.ts';
export * from './seller-page.ts';
export * from './sellers.ts';
