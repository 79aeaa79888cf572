const MINUTE_MS = 60_000;

/** Hands the first text on, and then one in a minute: a collector that is away fails with each batch. */
export function atMostOnceAMinute(tell: (text: string) => void): (text: string) => void {
  let next = 0;
  return (text) => {
    if (performance.now() < next) return;
    next = performance.now() + MINUTE_MS;
    tell(text);
  };
}
