import { z } from 'zod';

const id = z.int().positive();

/**
 * What each task needs to know: ids, never personal data: inputs are logged. A row of `Tasks` may be written by one version of the
 * product and run by another, so an input only ever gains optional fields, and a worker ignores those that it does not know.
 */
export const TASK_INPUTS = {
  'alert.deliver': z.object({ alertId: id }),
  'email.send': z.object({ emailId: id }),
  'image.render': z.object({ imageId: id }),
  'maintenance.run': z.object({ runId: id }),
  'payment.capture': z.object({ orderId: id, attempt: id }),
  'payment.refund': z.object({ orderId: id }),
};

export type TaskName = keyof typeof TASK_INPUTS;
export type TaskInput<N extends TaskName> = z.output<(typeof TASK_INPUTS)[N]>;
export const TASK_NAMES = Object.keys(TASK_INPUTS) as TaskName[];
export const isTaskName = (name: string): name is TaskName => Object.hasOwn(TASK_INPUTS, name);
