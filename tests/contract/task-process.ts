import { createLogger, createWorker, ROOT } from '@assay/api';
import { TASKS, type Context, type TaskHandler } from '@assay/core';
import { createRepositories, openDatabase, parseDatabaseUrl } from '@assay/database';

/** A worker process for `tasks.test.ts`: its only task calls `TASKS_EFFECT`. At the step `TASKS_KILL_AT` it ends as by kill -9. */
const { TASKS_DATABASE, TASKS_EFFECT, TASKS_KILL_AT } = process.env;
const LEASE_MS = 1500;

const step = async (name: string): Promise<void> => {
  if (TASKS_KILL_AT !== name) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
};

const database = await openDatabase(parseDatabaseUrl(TASKS_DATABASE!, ROOT), { poolSize: 2, waitTimeoutMs: 30_000 });
const { tasks } = createRepositories(database);
let settled: () => void;
const isSettled = new Promise<void>((resolve) => (settled = resolve));

const deliver: TaskHandler<'alert.deliver'> = {
  ...TASKS['alert.deliver'],
  async run(ctx) {
    await step('before-effect');
    await fetch(TASKS_EFFECT!, { method: 'POST', headers: { 'idempotency-key': ctx.requestId } });
    await step('after-effect');
  },
};
const worker = createWorker({
  tasks: {
    ...tasks,
    async claim(...args) {
      const claimed = await tasks.claim(...args);
      if (claimed.length > 0) await step('claimed');
      // The handler gets the key of its task in place of a request id.
      return claimed.map((task) => ({ ...task, requestId: task.key }));
    },
    async settle(...args) {
      await step('before-settle');
      const held = await tasks.settle(...args);
      await step('settled');
      settled();
      return held;
    },
  },
  handlers: { ...TASKS, 'alert.deliver': deliver },
  holder: `process:${process.pid}`,
  log: createLogger('silent', 'task-process'),
  leaseMs: LEASE_MS,
  contextOf: (_name, requestId) => ({ requestId }) as Context,
  ended: () => {},
});
worker.start();
const keepAlive = setInterval(() => {}, 1000);
await isSettled;
clearInterval(keepAlive);
await worker.stop();
await database.close();
