import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

export interface ProgressOptions {
  quiet?: boolean;
  /** Plural noun of what is counted; with it, the rate per second is shown. */
  unit?: string;
}

const PLAIN_EVERY_MS = 5000;

/** Shows a progress bar on a terminal, a plain line every few seconds elsewhere, nothing if `quiet`. Writes to standard error. */
export function createProgress(label: string, total: number, { quiet, unit }: ProgressOptions = {}): Progress {
  if (quiet || total === 0) return { update: () => {}, stop: () => {} };
  const startedAt = performance.now();
  const rate = (done: number) => {
    const seconds = (performance.now() - startedAt) / 1000;
    return unit && done > 0 ? `${Math.round(done / seconds).toLocaleString('en')} ${unit}/s` : '';
  };
  if (!process.stderr.isTTY || process.env.NO_COLOR || process.env.TERM === 'dumb') return plainProgress(label, total, rate);
  const bar = new SingleBar(
    {
      format: `${label} [{bar}] {percentage} % | {rate}${unit ? ' | ' : ''}{eta_formatted} left`,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      stream: process.stderr,
    },
    Presets.rect,
  );
  bar.start(total, 0, { rate: '' });
  return { update: (done) => bar.update(done, { rate: rate(done) }), stop: () => bar.stop() };
}

function plainProgress(label: string, total: number, rate: (done: number) => string): Progress {
  let lastAt = performance.now();
  return {
    update(done) {
      if (performance.now() - lastAt < PLAIN_EVERY_MS) return;
      lastAt = performance.now();
      process.stderr.write(`${label}: ${Math.floor((100 * done) / total)} % ${rate(done)}`.trimEnd() + '\n');
    },
    stop: () => {},
  };
}
