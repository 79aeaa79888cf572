import { z } from 'zod';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';

const id = z.int().positive();

/**
 * What each task needs to know: ids, never personal data: inputs are logged. A row of `Tasks` may be written by one version of the
 * product and run by another, so an input only ever gains optional fields, and a worker ignores those that it does not know.
 */
export const TASK_INPUTS = {
  'account.erase': z.object({ userId: id }),
  'alert.deliver': z.object({ alertId: id }),
  'charge.capture': z.object({ chargeId: id }),
  'charge.look-up': z.object({ chargeId: id }),
  'email.send': z.object({ emailId: id }),
  'image.render': z.object({ imageId: id }),
  'invoice.render': z.object({ invoiceId: id }),
  'ledger.verify': z.object({}),
  'maintenance.run': z.object({ runId: id }),
  'password-reset.send': z.object({ resetId: id }),
  /** Of older releases, as the next: they paid each order by itself. */
  'payment.capture': z.object({ orderId: id, attempt: id }),
  'payment.look-up': z.object({ orderId: id, attempt: id }),
  /** Of the release before: a full refund without a row of its own. */
  'payment.refund': z.object({ orderId: id }),
  'payout.check': z.object({ payoutId: id }),
  'payout.send': z.object({ payoutId: id }),
  'provider-event.apply': z.object({ eventId: id }),
  'reconciliation.run': z.object({}),
  'refund.send': z.object({ refundId: id }),
  'payouts.make': z.object({}),
};

export type TaskName = keyof typeof TASK_INPUTS;
export type TaskInput<N extends TaskName> = z.output<(typeof TASK_INPUTS)[N]>;
export const TASK_NAMES = Object.keys(TASK_INPUTS) as TaskName[];
export const isTaskName = (name: string): name is TaskName => Object.hasOwn(TASK_INPUTS, name);

/** Tasks of which nothing is left when they are dead: the text of the e-mail is erased, the file of the image deleted. */
export const RETRY_IS_FUTILE: ReadonlySet<string> = new Set<TaskName>(['email.send', 'image.render']);

/** Tasks on which money waits: a dead one is neither dismissed nor purged, because its payment or refund would wait for ever. */
export const PAYMENT_TASKS: readonly TaskName[] = [
  'charge.capture',
  'payment.capture',
  'payment.refund',
  'payout.send',
  'provider-event.apply',
  'refund.send',
];

/** A task that used up its attempts. */
export const DeadTaskView = z.object({
  id: Id,
  /** Of another version of the product perhaps. */
  name: z.string(),
  attempts: z.int(),
  /** Why the last attempt failed. */
  failure: z.string(),
  requestId: z.string().describe('Of the request or job that caused it; empty where there is none.'),
  createdAt: Timestamp,
  diedAt: Timestamp,
  /** False where another attempt cannot succeed. */
  retryable: z.boolean(),
  /** False where money waits for the task: it can only be retried. */
  dismissable: z.boolean(),
});
export type DeadTaskView = z.infer<typeof DeadTaskView>;

export const ListDeadTasks = z.object({ limit: pageSize(50, 200), cursor: Cursor.optional() });
export type ListDeadTasks = z.infer<typeof ListDeadTasks>;
export const DeadTaskPage = z.object({ items: z.array(DeadTaskView), nextCursor: z.string().nullable() });
export type DeadTaskPage = z.infer<typeof DeadTaskPage>;
