/** A batch shall take this long: short enough that a request which waits for it is not noticed. */
const BATCH_MS = 150;
const [SMALLEST, FIRST, LARGEST] = [50, 500, 20_000];
/** After each batch the database is left alone for this share of the time that it took. */
const REST = 0.1;

/**
 * Calls `work` until it returns false, each time with the size that fits into {@link BATCH_MS} as measured.
 * @returns false when it was stopped
 */
export async function inBatches(stop: AbortSignal | undefined, work: (size: number) => Promise<boolean>): Promise<boolean> {
  let size = FIRST;
  for (;;) {
    if (stop?.aborted) return false;
    const from = performance.now();
    if (!(await work(size))) return true;
    const tookMs = performance.now() - from;
    // At most double or half: one slow batch on a busy machine is no reason to crawl.
    size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, size * Math.min(2, Math.max(0.5, BATCH_MS / tookMs)))));
    await new Promise((resolve) => setTimeout(resolve, tookMs * REST));
  }
}
