export { endDispute } from './close-dispute.ts';
export { decideDispute } from './decide-dispute.ts';
export * from './files.ts';
export { countDisputes, getDispute, listDisputes } from './get-dispute.ts';
export { moveDispute } from './move-dispute.ts';
export { openDispute } from './open-dispute.ts';
export * from './ports.ts';
export * from './rules.ts';
