import { deliverEmail, type Context } from '@assay/core';
import type { Container } from '../container.ts';
import { eagerWorker, type EagerWorker } from './eager-worker.ts';

/** Sends what waits, one e-mail after another in each process. The log names the e-mail, never its words or whose it is. */
export function emailWorker(container: Pick<Container, 'feed' | 'log' | 'metrics'>, holder: string, contextOf: () => Context): EagerWorker {
  const { log, metrics } = container;
  const once = async () => {
    const delivery = await deliverEmail(contextOf(), holder);
    if (!delivery) return false;
    const { kind, outcome } = delivery;
    metrics.emailTried(kind, outcome);
    if (outcome === 'dead') log.error(delivery, 'an e-mail was given up');
    else log[outcome === 'sent' ? 'info' : 'warn'](delivery, outcome === 'sent' ? 'sent an e-mail' : 'an e-mail waits for another try');
    return true;
  };
  return eagerWorker(container, { job: 'emails', topic: 'email.queued', once });
}
