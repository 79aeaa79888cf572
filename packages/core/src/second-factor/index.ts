export * from './complete-sign-in.ts';
export * from './manage.ts';
export * from './ports.ts';
export * from './reseal.ts';
export * from './reset.ts';
export { readCode } from './rules.ts';
export * from './set-up.ts';
