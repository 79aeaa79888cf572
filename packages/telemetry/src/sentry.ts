import { createStackParser, createTransport, Scope, type ErrorEvent } from '@sentry/core';
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server';
import type { Reporter } from './errors.ts';
import { describeError, scrub } from './scrub.ts';
import { atMostOnceAMinute } from './seldom.ts';
import type { ErrorReportSettings } from './settings.ts';

const SEND_MS = 5000;

/**
 * A client of Sentry's without any integration: those read requests, variables and machines. What is sent is put together here,
 * field by field.
 */
export function openReporter(settings: ErrorReportSettings, warn: (reason: string) => void): Reporter {
  const warnSeldom = atMostOnceAMinute(warn);
  const client = new ServerRuntimeClient({
    dsn: settings.dsn,
    environment: settings.environment,
    release: settings.release,
    platform: 'node',
    runtime: { name: 'node', version: process.version },
    integrations: [],
    stackParser: createStackParser(nodeStackLineParser()),
    sendClientReports: false,
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const answer = await fetch(options.url, {
          method: 'POST',
          body: typeof body === 'string' ? body : Buffer.from(body),
          redirect: 'error',
          headers: { 'content-type': 'application/x-sentry-envelope' },
          signal: AbortSignal.timeout(SEND_MS),
        }).catch((error: unknown) => {
          warnSeldom(scrub(error instanceof Error ? error.message : 'No connection.'));
          throw error;
        });
        await answer.body?.cancel();
        if (!answer.ok) warnSeldom(`The answer was ${answer.status}.`);
        return {
          statusCode: answer.status,
          headers: {
            'x-sentry-rate-limits': answer.headers.get('x-sentry-rate-limits'),
            'retry-after': answer.headers.get('retry-after'),
          },
        };
      }),
    beforeSend: whatMayLeave,
  });
  client.init();
  return {
    report(error, { requestId, endpoint, job, task, taskId }, level) {
      const scope = new Scope();
      scope.setLevel(level);
      const tags = { service: settings.service, request_id: requestId, endpoint, job, task, task_id: taskId };
      for (const [name, value] of Object.entries(tags)) if (value !== undefined) scope.setTag(name, String(value));
      client.captureException(error, { originalException: error }, scope);
    },
    async flush(timeoutMs) {
      await client.flush(timeoutMs);
    },
  };
}

function whatMayLeave(event: ErrorEvent, { originalException }: { originalException?: unknown }): ErrorEvent {
  const { type, message } = describeError(originalException);
  const frames = event.exception?.values?.[0]?.stacktrace?.frames?.map((frame) => ({
    ...(frame.filename ? { filename: frame.filename } : {}),
    ...(frame.function ? { function: frame.function } : {}),
    ...(frame.module ? { module: frame.module } : {}),
    ...(frame.lineno === undefined ? {} : { lineno: frame.lineno }),
    ...(frame.colno === undefined ? {} : { colno: frame.colno }),
    ...(frame.in_app === undefined ? {} : { in_app: frame.in_app }),
  }));
  const { event_id, timestamp, platform, level, environment, release, tags } = event;
  const kept = { event_id, timestamp, platform, level, environment, release, tags };
  return {
    type: undefined,
    ...(Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) as Partial<ErrorEvent>),
    exception: { values: [{ type, value: message, ...(frames ? { stacktrace: { frames } } : {}) }] },
  };
}
