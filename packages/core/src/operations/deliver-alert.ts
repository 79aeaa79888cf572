import { requireSystem } from '../kernel/actor.ts';
import { AttemptFailed, exponential, Interrupted, type TaskHandler } from '../kernel/task.ts';
import { toAlertView } from './views.ts';

export const alertKey = (alertId: number): string => `alert:${alertId}`;

const MINUTE_MS = 60_000;

/** Sends an alert to the operator's sink, unless it was closed meanwhile. The attempts take about a day. */
export const deliverAlert: TaskHandler<'alert.deliver'> = {
  attemptsMax: 30,
  retryAfterMs: exponential(MINUTE_MS, 60 * MINUTE_MS),
  concurrency: 1,
  async run(ctx, { alertId }, { signal, stop }) {
    requireSystem(ctx.actor);
    const { alertSink } = ctx.services;
    const alert = await ctx.repos.alerts.findUndelivered(alertId);
    if (!alertSink || !alert) return;
    await alertSink.send(toAlertView(alert), ctx.requestId, signal).catch((error: unknown) => {
      if (stop.aborted) throw new Interrupted('The process stops.');
      throw new AttemptFailed(error instanceof Error ? error.message : String(error));
    });
    await ctx.repos.alerts.markDelivered(alertId, ctx.now());
    return { alert: alert.kind };
  },
};
