export * from './deliver-email.ts';
export * from './ports.ts';
export { EMAIL_ATTEMPTS_MAX, waitAfter } from './rules.ts';
