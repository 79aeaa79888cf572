export * from './actor-flags.ts';
export { killFlag, setFlagDetails, setRollout, setTargets, setVariants, switchFlag } from './change-flag.ts';
export { stateOf } from './flag-views.ts';
export * from './list-flags.ts';
export * from './ports.ts';
export * from './undo-flag-change.ts';
