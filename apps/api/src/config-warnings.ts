import { describeUnused } from './documents-variables.ts';

/** What the log of a start says: variables that are set without effect, and what production should have. */
export const warningsOf = (given: Record<string, string | undefined>, production: boolean): string[] => [
  ...[describeUnused(given) ?? []].flat(),
  ...(production && !given.CLAMD_URL ? ['CLAMD_URL is missing: uploaded images and documents are not scanned for malware'] : []),
];
