export * from './clean-documents.ts';
export * from './confirm-email.ts';
export * from './decide-verification.ts';
export * from './documents.ts';
export { getVerification } from './get-verification.ts';
export * from './ports.ts';
export * from './reseal-documents.ts';
export * from './rules.ts';
export { sendEmailLink } from './send-email-link.ts';
