export * from './onboarding.ts';
export * from './ports.ts';
