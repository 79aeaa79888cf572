export { blockOther } from './block.ts';
export { countUnreadThreads, getThread, listThreads } from './get-thread.ts';
export * from './move-thread.ts';
export * from './ports.ts';
export * from './report-message.ts';
export { sendMessage, startThread } from './send-message.ts';
export { getSubject } from './subject.ts';
