import type { TaskName } from '@assay/contract';
import type { TaskHandler } from './kernel/task.ts';
import { capturePayment } from './payments/capture-payment.ts';
import { refundPayment } from './payments/refund-payment.ts';

/** The handler of each task: a name without one does not compile. */
export const TASKS: { readonly [N in TaskName]: TaskHandler<N> } = {
  'payment.capture': capturePayment,
  'payment.refund': refundPayment,
};
