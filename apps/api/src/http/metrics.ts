import { within } from '@assay/runtime';
import { countWorkers, mergeReports, METRICS_CONTENT_TYPE, renderFamilies, type Family } from '@assay/telemetry/metrics';
import type { RequestHandler } from 'express';
import type { Container } from '../container.ts';

/** How long a scrape waits for the database. */
const DATABASE_WITHIN_MS = 2000;

const gauge = (name: string, help: string, values: Family['values']): Family => ({ name, help, type: 'gauge', values });
const one = (value: number) => [{ labels: {}, value }];

/**
 * GET /metrics for Prometheus: what all processes of this machine have measured, the pages' too, whichever of them is asked; and
 * what is in the database, once. The web process does not pass this path on: it is for those who reach the API's own port.
 */
export function metricsEndpoint(container: Container): RequestHandler {
  const { log, metrics } = container;
  const scrape = async () => {
    const [{ reports, unreachable }, stored] = await Promise.all([metrics.workers.collect(), storedFigures(container)]);
    return renderFamilies([...stored, countWorkers(reports, unreachable), ...mergeReports(reports)]);
  };
  let running: Promise<string> | null = null;
  return async (_req, res) => {
    try {
      const text = await (running ??= scrape().finally(() => (running = null)));
      res.setHeader('Content-Type', METRICS_CONTENT_TYPE).setHeader('Cache-Control', 'no-store').end(text);
    } catch (error) {
      log.error({ err: error }, 'no metrics');
      res.status(503).end();
    }
  };
}

/** The numbers that are the database's, and so the same in every process. While it is away there is only that to say. */
async function storedFigures({ repos, log, services }: Container): Promise<Family[]> {
  const up = (value: number) => gauge('marketplace_database_up', 'Whether the database answered this scrape', one(value));
  try {
    const now = new Date();
    const [last, ledger, differences, reconciledTo, unclosed, tasks] = await within(
      DATABASE_WITHIN_MS,
      Promise.all([
        repos.maintenance.lastVerification(),
        repos.ledgerChecks.last(),
        repos.reconciliation.countOpen(),
        repos.reconciliation.reconciledTo(services.payments.name),
        repos.alerts.countUnclosed(),
        repos.tasks.figures(now),
      ]),
    );
    const oldestDueMs = tasks.oldestDueAt === null ? 0 : now.getTime() - tasks.oldestDueAt.getTime();
    // Unknown before the first verification: that is not zero.
    return [
      up(1),
      gauge('seller_rating_discrepancies', 'Sellers whose stored score is not what their ratings say', one(last?.wrong ?? NaN)),
      gauge(
        'seller_rating_verified_timestamp_seconds',
        'When all scores were last compared with their ratings',
        one(last ? last.at.getTime() / 1000 : NaN),
      ),
      gauge('seller_rating_verified_accounts', 'How many accounts were compared then', one(last?.sellers ?? NaN)),
      gauge(
        'marketplace_ledger_differences',
        'Differences that the last verification of the ledger found',
        one(ledger?.differences ?? NaN),
      ),
      gauge(
        'marketplace_ledger_verified_timestamp_seconds',
        'When the ledger was last verified',
        one(ledger ? ledger.finishedAt.getTime() / 1000 : NaN),
      ),
      gauge('marketplace_reconciliation_differences', 'Differences with the payment provider that no admin has resolved', one(differences)),
      gauge(
        'marketplace_reconciled_timestamp_seconds',
        'Until when everything was compared with the payment provider',
        one(reconciledTo ? reconciledTo.getTime() / 1000 : NaN),
      ),
      gauge(
        'marketplace_alerts',
        'Alerts that are not closed',
        unclosed.map(({ kind, alerts }) => ({ labels: { kind }, value: alerts })),
      ),
      gauge('marketplace_tasks_waiting', 'Tasks that wait or run', one(tasks.waiting)),
      gauge('marketplace_tasks_dead', 'Tasks that used up their attempts and wait for an operator', one(tasks.dead)),
      gauge('marketplace_tasks_oldest_due_seconds', 'For how long the oldest task is due; 0 when none is', one(oldestDueMs / 1000)),
    ];
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer a scrape');
    return [up(0)];
  }
}
