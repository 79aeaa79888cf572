import type { ParkedEventView } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ProviderEventRow } from './ports.ts';
import { eventTaskKey } from './provider-events.ts';

const SHOWN_MAX = 100;

/** Events that nothing here knows how to act on, the oldest 100. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listParkedEvents(ctx: Context): Promise<ParkedEventView[]> {
  requireRole(ctx.actor, 'admin');
  const rows = await ctx.repos.providerEvents.listParked(SHOWN_MAX);
  return rows.map(({ id, provider, type, reference, failure, createdAt }) => ({
    id,
    provider,
    type,
    reference,
    reason: failure ?? '',
    createdAt: createdAt.toISOString(),
  }));
}

/** Has a parked event acted on once more. @throws AppError UNAUTHENTICATED, FORBIDDEN, EVENT_NOT_FOUND */
export const retryEvent = (ctx: Context, { id }: { id: number }): Promise<void> =>
  settleParked(ctx, id, 'retried', { status: 'received', failure: null }, (tx) =>
    tx.enqueue('provider-event.apply', { eventId: id }, { key: eventTaskKey(id, tx.requestId) }),
  );

/** Takes a parked event off the list: an admin has dealt with it. @throws AppError UNAUTHENTICATED, FORBIDDEN, EVENT_NOT_FOUND */
export const dismissEvent = (ctx: Context, { id }: { id: number }): Promise<void> =>
  settleParked(ctx, id, 'dismissed', { status: 'done', failure: null });

async function settleParked(
  ctx: Context,
  id: number,
  how: 'retried' | 'dismissed',
  to: Pick<ProviderEventRow, 'status' | 'failure'>,
  also?: (tx: Tx) => Promise<void>,
): Promise<void> {
  requireRole(ctx.actor, 'admin');
  await ctx.change(async (tx) => {
    const event = await tx.repos.providerEvents.find(id);
    if (!event || !(await tx.repos.providerEvents.settle(id, 'parked', to, tx.at))) throw new AppError('EVENT_NOT_FOUND');
    const { type, reference, failure } = event;
    await tx.audit(`provider-event.${how}`, 'provider-event', id, { type, reference, reason: failure });
    await also?.(tx);
  });
}
