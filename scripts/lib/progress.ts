import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

const PLAIN_EVERY_MS = 5000;

/** A progress bar on a terminal, a plain line now and then elsewhere, nothing when asked to be quiet. On standard error: data goes to standard output. */
export function createProgress(label: string, total: number, options: { quiet?: boolean } = {}): Progress {
  if (options.quiet || total === 0) return { update: () => {}, stop: () => {} };
  if (!process.stderr.isTTY || process.env.NO_COLOR || process.env.TERM === 'dumb') return plainProgress(label, total);
  const bar = new SingleBar(
    {
      format: `${label} [{bar}] {percentage} % | {eta_formatted} left`,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      stream: process.stderr,
    },
    Presets.rect,
  );
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

function plainProgress(label: string, total: number): Progress {
  let lastAt = performance.now();
  return {
    update(done) {
      if (performance.now() - lastAt < PLAIN_EVERY_MS) return;
      lastAt = performance.now();
      process.stderr.write(`${label}: ${Math.floor((100 * done) / total)} %\n`);
    },
    stop: () => {},
  };
}
