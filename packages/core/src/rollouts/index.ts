export * from './advance-rollouts.ts';
export * from './ports.ts';
export * from './start-rollout.ts';
export * from './steer-rollout.ts';
