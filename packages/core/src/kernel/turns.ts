/** How long one piece of long work keeps the event loop, in milliseconds. */
const TURN_MS = 8;

const waiting: (() => void)[] = [];

function runNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(runNext);
}

/** Resolves in a later turn of the event loop, in which no other long work of this process goes on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(runNext);
  });
}

/**
 * For work that grows with a request's body, or with a list: await the result after each piece. It gives way to other requests when
 * the work has kept the event loop for {@link TURN_MS}; of several such works one goes on in each turn.
 */
export function inTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await nextTurn();
    began = performance.now();
  };
}
