export { getPasskeyOffer } from './challenge.ts';
export * from './manage.ts';
export * from './ports.ts';
export * from './sign-in-with-passkey.ts';
