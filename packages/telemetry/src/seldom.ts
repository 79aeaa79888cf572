const MINUTE_MS = 60_000;

/** Reports the first text, then at most one in a minute: a collector that is down fails with each batch. */
export function atMostOnceAMinute(report: (text: string) => void): (text: string) => void {
  let next = 0;
  return (text) => {
    if (performance.now() < next) return;
    next = performance.now() + MINUTE_MS;
    report(text);
  };
}
