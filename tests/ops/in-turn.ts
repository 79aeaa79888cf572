// A process of alone.test.ts: node in-turn.ts LOCK LOG ROUNDS. Each round writes "+PID" when it has the lock and "-PID" before it ends.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { alone } from '../../scripts/lib/alone.ts';

const [lock = '', log = '', rounds] = process.argv.slice(2);
const waiting = { sayAfterMs: 60_000, say: () => {}, maxMs: 60_000 };
for (let i = 0; i < Number(rounds); i++)
  await alone(lock, waiting, async () => {
    appendFileSync(log, `+${process.pid}\n`);
    await sleep(rounds === '1' ? 60_000 : 20);
    appendFileSync(log, `-${process.pid}\n`);
  });
