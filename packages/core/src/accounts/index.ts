export * from './grant-role.ts';
export type { OpenedSession } from './open-session.ts';
export * from './ports.ts';
export * from './refresh-session.ts';
export * from './register.ts';
export * from './rules.ts';
export * from './sessions.ts';
export * from './sign-in.ts';
export * from './sign-out.ts';
