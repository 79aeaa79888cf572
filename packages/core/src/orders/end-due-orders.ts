import { ORDER_STATUSES, type OrderStatus } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import { endDispute } from '../disputes/close-dispute.ts';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { transition } from '../kernel/transition.ts';
import { orderReminderMessage } from '../mail/order-messages.ts';
import { lookUpLater } from '../payments/look-up-charge.ts';
import { endDueReturn } from '../returns/end-due-return.ts';
import { endUnsold } from './end-order.ts';
import { lockOrder } from './lock-order.ts';
import { ORDER } from './order-machine.ts';
import { AGAIN_MS, releaseOrder } from './release-order.ts';
import { DEADLINES, dueAtOf, mayBeCaptured, SYSTEM_ID } from './rules.ts';

const BATCH = 100;
/** States that end by themselves. */
const TIMED = ORDER_STATUSES.filter((status) => DEADLINES[status] !== null);

/** What one run did. */
export interface DueOrders {
  adopted: number;
  ended: number;
  /** Whose payment was released by the time since the shipment. */
  released: number;
  /** Returns whose time was over. */
  returns: number;
  reminded: number;
  /** Orders that could not be ended: they are tried again later. */
  failed: { orderId: number; error: unknown }[];
}

/**
 * Ends states of orders whose time is over, releases payments by the time since the shipment, and reminds of states that end soon. Each
 * order is a change of its own that looks again under a lock: of two processes, or after a crash, one ends it.
 * @param stop ends the run after the order that is under way
 */
export async function endDueOrders(ctx: Context, stop: AbortSignal): Promise<DueOrders> {
  requireSystem(ctx.actor);
  const done: DueOrders = { adopted: 0, ended: 0, released: 0, returns: 0, reminded: 0, failed: [] };
  done.released = await workThrough(
    ctx,
    stop,
    done,
    (at) => ctx.repos.orders.listToRelease(at, BATCH),
    (id) => releaseOrder(ctx, id),
  );
  done.returns = await workThrough(
    ctx,
    stop,
    done,
    (at) => ctx.repos.returns.listDue(at, BATCH),
    (id) => endDueReturn(ctx, id),
  );
  for (const status of TIMED) {
    done.adopted += await adoptOrders(ctx, status, stop);
    done.ended += await workThrough(
      ctx,
      stop,
      done,
      (at) => ctx.repos.orders.listDue(status, at, BATCH),
      (id) => endOrder(ctx, id, status),
    );
    if (!DEADLINES[status]?.reminds) continue;
    const soon = (at: Date) => new Date(at.getTime() + ctx.settings.orderTimes.reminderMs);
    done.reminded += await workThrough(
      ctx,
      stop,
      done,
      (at) => ctx.repos.orders.listToRemind(status, soon(at), BATCH),
      (id) => remindOfOrder(ctx, id, status),
    );
  }
  return done;
}

/** Orders of an earlier release get the full time from now on: an upgrade ends nothing. */
async function adoptOrders(ctx: Context, status: OrderStatus, stop: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const rows = await ctx.change((tx) => tx.repos.orders.adopt(status, dueAtOf(status, tx.settings.orderTimes, tx.at)!, BATCH));
    total += rows;
    if (rows < BATCH || stop.aborted) return total;
  }
}

/** Works through what `list` finds, until it finds nothing more. One order that fails keeps none of the others waiting. */
async function workThrough(
  ctx: Context,
  stop: AbortSignal,
  { failed }: DueOrders,
  list: (at: Date) => Promise<number[]>,
  work: (id: number) => Promise<boolean>,
): Promise<number> {
  const seen = new Set<number>();
  for (let total = 0; ;) {
    const ids = (await list(ctx.now())).filter((id) => !seen.has(id));
    for (const id of ids) {
      if (stop.aborted) return total;
      seen.add(id);
      try {
        if (await work(id)) total++;
      } catch (error) {
        failed.push({ orderId: id, error });
        await ctx.change(async (tx) => {
          await lockOrder(tx, id);
          const order = await tx.repos.orders.findById(id);
          const again = new Date(tx.at.getTime() + AGAIN_MS);
          const open = await tx.repos.returns.openOf(id);
          if (open?.dueAt && open.dueAt <= tx.at) await tx.repos.returns.setDue(open.id, again);
          if (order?.releaseAt && order.releaseAt <= tx.at) await tx.repos.orders.setRelease(id, again);
          if (order?.dueAt && order.dueAt <= tx.at) await tx.repos.orders.setDue(id, order.status, again);
        });
      }
    }
    if (ids.length === 0) return total;
  }
}

/** Ends the state of one order, if it is still in it and due. False when it is not, or waits for its payment or the buyer's bank. */
const endOrder = (ctx: Context, id: number, status: OrderStatus): Promise<boolean> =>
  ctx.change(async (tx) => {
    await lockOrder(tx, id);
    const order = await tx.repos.orders.findById(id);
    const deadline = DEADLINES[status];
    if (!deadline || order?.status !== status || order.dueStatus !== status || !order.dueAt || order.dueAt > tx.at) return false;
    const isUnpaid = mayBeCaptured(order);
    if (isUnpaid || (await tx.repos.payments.find(id))?.isDisputedAtBank) {
      await tx.repos.orders.setDue(id, status, new Date(tx.at.getTime() + AGAIN_MS));
      if (isUnpaid) await lookUpLater(tx, id);
      return false;
    }
    if (status === 'disputed') {
      await endDispute(tx, order);
      return true;
    }
    const moved = { actorId: SYSTEM_ID, reason: deadline.reason };
    if (deadline.to === 'cancelled' || deadline.to === 'declined') await endUnsold(tx, order, deadline.to, moved);
    else await transition(tx, ORDER, order, deadline.to, moved);
    return true;
  });

/** Sends the e-mail that reminds of a deadline, once. */
const remindOfOrder = (ctx: Context, id: number, status: OrderStatus): Promise<boolean> =>
  ctx.change(async (tx) => {
    if (!(await tx.repos.orders.remind(id, status, tx.at))) return false;
    const order = await tx.repos.orders.findById(id);
    const party = DEADLINES[status]?.reminds;
    if (!party || order?.status !== status || !order.dueAt || order.dueAt <= tx.at) return false;
    const account = await tx.repos.accounts.findById(party === 'buyer' ? order.buyerId : order.sellerId);
    if (!account) return false;
    await emailOwner(tx, account, 'order-reminder', orderReminderMessage(tx.settings.publicUrl, account.fullName, party, order));
    return true;
  });
