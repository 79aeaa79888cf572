export * from './ports.ts';
export * from './seller-page.ts';
export * from './sellers.ts';
