import type { RequestHandler } from 'express';
import { Gauge, Registry } from 'prom-client';
import type { Container } from '../container.ts';

/**
 * GET /metrics for Prometheus: whether the scores are right. The numbers are the database's, so that every process says the same.
 * The web process does not pass this path on: it is for those who reach the API's own port.
 */
export function metricsEndpoint({ store, log }: Container): RequestHandler {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers: [registry] });
  const discrepancies = gauge('seller_rating_discrepancies', 'Sellers whose stored score is not what their ratings say');
  const verifiedAt = gauge('seller_rating_verified_timestamp_seconds', 'When all scores were last compared with their ratings');
  const verified = gauge('seller_rating_verified_accounts', 'How many accounts were compared then');
  const alerts = gauge('marketplace_alerts', 'Alerts that are not closed', ['kind']);

  return async (_req, res) => {
    try {
      const [last, unclosed] = await Promise.all([store.maintenance.lastVerification(), store.alerts.countUnclosed()]);
      registry.resetMetrics();
      // Before the first verification nobody knows: that is not zero.
      discrepancies.set(last?.wrong ?? NaN);
      verifiedAt.set(last ? last.at.getTime() / 1000 : NaN);
      verified.set(last?.sellers ?? NaN);
      for (const { kind, alerts: count } of unclosed) alerts.set({ kind }, count);
      res
        .setHeader('Content-Type', registry.contentType)
        .setHeader('Cache-Control', 'no-store')
        .end(await registry.metrics());
    } catch (error) {
      log.error({ err: error }, 'no metrics');
      res.status(503).end();
    }
  };
}
