/** What every page asks about its reader, beside what the page is about. */
const OF_THE_FRAME = new Set(['flags.mine', 'accounts.me']);

/** The one of its procedures under which a batch is counted and traced: the first that is not of the frame. */
export const nameOfBatch = (procedures: readonly string[]): string =>
  procedures.find((procedure) => !OF_THE_FRAME.has(procedure)) ?? procedures[0] ?? '';

/** How many calls a batch counts as: what every page asks about its reader is free, once, beside the rest. */
export const countedCalls = (procedures: readonly string[]): number =>
  Math.max(1, procedures.length - new Set(procedures.filter((procedure) => OF_THE_FRAME.has(procedure))).size);
