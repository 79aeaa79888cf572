export * from './ports.ts';
export { emailKey, sendEmail } from './send-email.ts';
