// The thread of startWatchdog(). JavaScript, because a thread that strips types costs another 10 MB in each process. Its own
// standard error goes through the thread that hangs: it writes to the file itself.
import { appendFileSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const STANDARD_ERROR = 2;
/** @type {import('./watchdog.ts').Watched} */
const { turns, hangTimeoutMs, everyMs, looks, name, errorLog } = workerData;

let seen = -1;
let missed = 0;
// Looks are counted, not the time between: a machine that slept for an hour has hung nothing.
setInterval(() => {
  const now = Atomics.load(turns, 0);
  missed = now === seen ? missed + 1 : 0;
  seen = now;
  if (missed >= looks) end();
}, everyMs);

function end() {
  const msg = 'the event loop stands still: the process ends itself';
  const line = `${JSON.stringify({ level: 'fatal', time: new Date().toISOString(), name, pid: process.pid, hangTimeoutMs, msg })}\n`;
  try {
    if (errorLog) appendFileSync(errorLog, line);
    else writeSync(STANDARD_ERROR, line);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
