/** The work took longer than its caller waits. The work itself goes on. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

/**
 * Waits for work, at most so many milliseconds. A process that was itself busy for so long handles what has arrived meanwhile before it
 * gives up. @throws DeadlineError
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => setImmediate(() => reject(new DeadlineError(ms))), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
