import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { imageKey } from '../images/render-image.ts';
import { emailKey } from '../mail/send-email.ts';
import { alertKey } from './deliver-alert.ts';
import { enqueueRun, STALE_MS } from './run-maintenance.ts';

const BATCH = 100;
/** A settled task is kept for at least as long after its alert was opened: an alert without one never had one. */
const ALERTS_MS = 7 * 24 * 60 * 60_000;

/**
 * Adds tasks for work that waits without one: e-mails, images and runs that an earlier version of the product queued, before this one
 * or beside it, and alerts of the last week that were opened before a sink was configured.
 * @returns how many
 * @throws AppError FORBIDDEN
 */
export async function adoptTasks(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const { alerts, emails, images, maintenance } = ctx.repos;
  const [emailIds, imageIds, runIds, alertIds] = await Promise.all([
    emails.withoutTask(now, BATCH),
    images.withoutTask(now, BATCH),
    maintenance.withoutTask(new Date(now.getTime() - STALE_MS)),
    ctx.settings.sendsAlerts ? alerts.withoutTask(new Date(now.getTime() - ALERTS_MS), BATCH) : [],
  ]);
  const found = emailIds.length + imageIds.length + runIds.length + alertIds.length;
  if (found === 0) return 0;
  await ctx.change(async (tx) => {
    for (const emailId of emailIds) await tx.enqueue('email.send', { emailId }, { key: emailKey(emailId) });
    for (const imageId of imageIds) await tx.enqueue('image.render', { imageId }, { key: imageKey(imageId) });
    for (const alertId of alertIds) await tx.enqueue('alert.deliver', { alertId }, { key: alertKey(alertId) });
    for (const runId of runIds) await enqueueRun(tx, runId);
  });
  return found;
}
