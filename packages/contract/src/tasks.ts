import { z } from 'zod';

const id = z.int().positive();

/**
 * What each task needs to know: ids, never personal data. A row of `Tasks` may be written by one version of the product and run by
 * another, so an input only ever gains optional fields.
 */
export const TASK_INPUTS = {
  'payment.capture': z.strictObject({ orderId: id, attempt: id }),
  'payment.refund': z.strictObject({ orderId: id }),
};

export type TaskName = keyof typeof TASK_INPUTS;
export type TaskInput<N extends TaskName> = z.output<(typeof TASK_INPUTS)[N]>;
export const TASK_NAMES = Object.keys(TASK_INPUTS) as TaskName[];
export const isTaskName = (name: string): name is TaskName => Object.hasOwn(TASK_INPUTS, name);
