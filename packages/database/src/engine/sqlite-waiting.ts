/**
 * A lock within this process, first come, first served, which counts its holder and those that wait for it: the metrics of the
 * pool show both. (async-mutex keeps the order and does not count.)
 */
export class FairLock {
  #tail: Promise<void> = Promise.resolve();
  #queued = 0;

  /** The holder and those that wait. */
  get queued(): number {
    return this.#queued;
  }

  /** Resolves when the caller holds the lock, with the function that releases it. */
  async acquire(): Promise<() => void> {
    const previous = this.#tail;
    let pass!: () => void;
    this.#tail = new Promise((resolve) => (pass = resolve));
    this.#queued++;
    await previous;
    let held = true;
    return () => {
      if (held) this.#queued--;
      held = false;
      pass();
    };
  }
}

/** Repeats `attempt` while another process holds the database's write lock, at most `timeoutMs`, without blocking the event loop. */
export async function untilFree<T>(attempt: () => Promise<T> | T, timeoutMs: number): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, 25)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs * (0.5 + Math.random())));
    }
  }
}

function isBusy(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { kind?: unknown } };
  return (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) || cause?.kind === 'SocketTimeout';
}
