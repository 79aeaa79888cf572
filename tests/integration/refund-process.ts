import { createContainer, createLogger, readConfig } from '@assay/api';
import type { PaymentProvider } from '@assay/core';
import { runNextTask } from '@assay/testing';

/** A worker for `refunds.test.ts`: runs one attempt at a refund, whose provider is `EFFECT`. At the step `KILL_AT` it ends as by kill -9. */
const { EFFECT, KILL_AT, LATER_MS } = process.env;

const step = async (name: string): Promise<void> => {
  if (KILL_AT !== name) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
};

let called = false;
const payments: PaymentProvider = {
  name: 'bank',
  capture: () => Promise.reject(new Error('This process refunds.')),
  async refund(_refund, { idempotencyKey }) {
    await step('before-call');
    await fetch(EFFECT!, { method: 'POST', headers: { 'idempotency-key': idempotencyKey } });
    await step('after-call');
    called = true;
    return { status: 'done', reference: 're_1' };
  },
  lookUp: () => Promise.resolve(null),
};

const config = readConfig(process.env);
const container = await createContainer(config, createLogger('silent', 'refund-process'), { payments });
const { database } = container;
const transaction = database.transaction.bind(database);
const stepping: typeof transaction = async (work) => {
  const result = await transaction(async (tx) => {
    const done = await work(tx);
    if (called) await step('before-commit');
    return done;
  });
  if (called) await step('after-commit');
  return result;
};
Object.assign(database, { transaction: stepping });
await runNextTask(container, 'refund.send', { laterMs: Number(LATER_MS) });
await container.close();
