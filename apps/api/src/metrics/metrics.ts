import type { ErrorCode, TaskName } from '@assay/contract';
import type { FactCount } from '@assay/core';
import type { DatabaseOperation } from '@assay/database';
import { addReading, addTimings, createRegistry, createWorkers, type Readout, type Series, type Workers } from '@assay/telemetry/metrics';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { TaskResult } from '../jobs/run-task.ts';

export const APP = 'marketplace-api';
/** Upper bounds in seconds; those of answers are the founding documents'. */
const ANSWER_BUCKETS = [0.1, 0.5, 1, 2, 5];
const DATABASE_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2];
const TASK_BUCKETS = [0.01, 0.1, 1, 10, 60, 600];
const METHODS = new Set(['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD']);
const RATING_ACTIONS = ['submitted', 'replaced', 'edited', 'withdrawn', 'replied', 'struck', 'restored'];

/** What this process measures of itself. Where it is asked, and how the processes come together, is another's business. */
export interface Metrics {
  readonly workers: Workers;
  /** @param endpoint "GET /api/v1/ratings/seller/:id": one of the product's own names, never a path from a request */
  answered(endpoint: string, method: string, status: number, durationMs: number): void;
  /** A request was refused, or failed. */
  refused(code: ErrorCode): void;
  databaseTook(operation: DatabaseOperation, durationMs: number): void;
  /** Facts of a change that is committed. */
  committed(counts: readonly FactCount[]): void;
  /** An attempt at a task ended. */
  taskEnded(task: TaskName, result: TaskResult, durationMs: number): void;
  jobEnded(name: string, succeeded: boolean): void;
  /** A number that another part keeps, read at each scrape; null where it is not known. A second one of that name replaces the first. */
  gauge(name: string, help: string, read: () => Readout | Promise<Readout>): void;
  /** The same for a number that only grows while the process lives. */
  counter(name: string, help: string, read: () => Readout | Promise<Readout>): void;
}

/** @param worker the number that the process manager gave this process, if one did */
export function createMetrics(version: string, worker: string | null): Metrics {
  const registry = createRegistry(version);
  const counter = (name: string, help: string, labelNames: string[] = []) => new Counter({ name, help, labelNames, registers: [registry] });
  const profiles = counter('seller_profile_creations_total', 'Total number of seller profiles created');
  const listings = counter('seller_listing_creations_total', 'Total number of listings created');
  const ratings = counter('seller_rating_changes_total', 'What happened to ratings, by action', ['action']);
  for (const action of RATING_ACTIONS) ratings.inc({ action }, 0);
  const errors = counter('marketplace_errors_total', 'Requests that were refused or failed, by error code', ['code']);
  const jobRuns = counter('marketplace_job_runs_total', 'What the clock began, by how it ended', ['task', 'result']);
  const taskRuns = counter('marketplace_tasks_total', 'Attempts at tasks, by name and how they ended', ['task', 'result']);
  const taskSeconds = new Histogram({
    name: 'marketplace_tasks_duration_seconds',
    help: 'How long an attempt at a task took',
    labelNames: ['task'],
    buckets: TASK_BUCKETS,
    registers: [registry],
  });
  const emails = counter('marketplace_emails_total', 'Tries to send an e-mail, by what it is about and how they ended', [
    'kind',
    'outcome',
  ]);
  const jobSuccess = new Gauge({
    name: 'marketplace_job_last_success_timestamp_seconds',
    help: 'When a job last came to a good end in this process',
    labelNames: ['task'], // `job` is Prometheus' own label
    registers: [registry],
  });

  return {
    workers: createWorkers({ app: APP, worker, registry }),
    answered: answerTimes(registry),
    refused: (code) => errors.inc({ code }),
    databaseTook: databaseTimes(registry),
    committed(counts) {
      for (const count of counts) {
        if (count.metric === 'seller_rating_changes_total') ratings.inc({ action: count.action });
        else if (count.metric === 'marketplace_emails_total') emails.inc({ kind: count.kind, outcome: count.outcome });
        else (count.metric === 'seller_profile_creations_total' ? profiles : listings).inc();
      }
    },
    taskEnded(task, result, durationMs) {
      taskRuns.inc({ task, result });
      taskSeconds.observe({ task }, durationMs / 1000);
    },
    jobEnded(task, succeeded) {
      jobRuns.inc({ task, result: succeeded ? 'done' : 'failed' });
      if (succeeded) jobSuccess.set({ task }, Date.now() / 1000);
    },
    gauge: (name, help, read) => addReading(registry, 'gauge', name, help, read),
    counter: (name, help, read) => addReading(registry, 'counter', name, help, read),
  };
}

/** Called for each answer, those of the badge among them: two look-ups and an addition. */
function answerTimes(registry: Parameters<typeof addTimings>[0]): Metrics['answered'] {
  const series = addTimings(registry, 'seller_api_response_time_seconds', 'Seller API response time in seconds', ANSWER_BUCKETS);
  const kept = new Map<string, Map<string, Series[]>>();
  return (endpoint, method, status, durationMs) => {
    let methods = kept.get(endpoint);
    if (!methods) kept.set(endpoint, (methods = new Map()));
    const known = METHODS.has(method) ? method : 'other';
    let classes = methods.get(known);
    if (!classes) methods.set(known, (classes = []));
    const family = Math.floor(status / 100);
    (classes[family] ??= series({ endpoint: pathOf(endpoint), method: known, status: `${family}xx` })).observe(durationMs / 1000);
  };
}

/** "GET /api/v1/orders" without its method, which is a label of its own. */
const pathOf = (endpoint: string) => endpoint.replace(/^[A-Z]+ (?=\/)/, '');

function databaseTimes(registry: Parameters<typeof addTimings>[0]): Metrics['databaseTook'] {
  const name = 'marketplace_database_operation_seconds';
  const series = addTimings(registry, name, 'How long statements and whole transactions took, waiting included', DATABASE_BUCKETS);
  const kept = {
    query: series({ operation: 'query' }),
    execute: series({ operation: 'execute' }),
    transaction: series({ operation: 'transaction' }),
  };
  return (operation, durationMs) => kept[operation].observe(durationMs / 1000);
}
