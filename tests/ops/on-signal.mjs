// Loaded into the processes that a test of PM2 starts (NODE_OPTIONS): on SIGUSR2 a process runs what the test has written for it.
// The product itself has no way in.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';

const isPm2Worker = process.env.pm2_env !== undefined;
if (isPm2Worker && isMainThread)
  process.on('SIGUSR2', () => {
    const dir = process.env.ASSAY_TEST_SCRIPTS; // of the stored environment, which is read after this module
    // oxlint-disable-next-line no-eval -- that is what it is for
    globalThis.eval(readFileSync(path.join(dir, `${process.pid}.js`), 'utf8'));
  });
