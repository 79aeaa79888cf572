import type { AlertSink } from '@assay/core';
import { inSpan, traceHeaders } from '@assay/telemetry/tracing';
import { Webhook } from 'standardwebhooks';

const TIMEOUT_MS = 10_000;

/**
 * Sends alerts to an address by the rules of Standard Webhooks: JSON, signed with the secret over id, time and body.
 * @param secret "whsec_" and base64
 */
export function webhookSink(url: string, secret: string): AlertSink {
  const webhook = new Webhook(secret);
  return {
    send: (alert, requestId, stop) =>
      inSpan({ name: 'POST alert webhook', kind: 'client' }, async () => {
        const id = `alert_${alert.id}`; // the same when it is sent again: receivers recognise repetitions by it
        const now = new Date();
        const body = JSON.stringify({ type: 'alert.opened', timestamp: now.toISOString(), data: alert });
        const answer = await fetch(url, {
          method: 'POST',
          body,
          redirect: 'error',
          signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), stop]),
          headers: {
            'content-type': 'application/json',
            'x-request-id': requestId,
            ...traceHeaders(),
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
            'webhook-signature': webhook.sign(id, now, body),
          },
        });
        await answer.body?.cancel();
        if (!answer.ok) throw new Error(`The webhook answered ${answer.status}.`);
      }),
  };
}
