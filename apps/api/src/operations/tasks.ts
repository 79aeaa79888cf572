import { DeadTaskPage, ListDeadTasks } from '@assay/contract';
import { dismissTask, listDeadTasks, retryTask } from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** Tasks that used up their attempts. */
export const tasks = {
  dead: query({
    use: listDeadTasks,
    input: ListDeadTasks,
    output: DeadTaskPage,
    as: 'operator',
    rest: get('/tasks/dead', 'Tasks that failed on every attempt', { errors: [403] }),
  }),
  retry: mutation({
    use: retryTask,
    input: ById,
    as: 'operator',
    rest: post('/tasks/:id/retry', 'Queue a failed task again', { status: 204, errors: [403, 404, 409] }),
  }),
  dismiss: mutation({
    use: dismissTask,
    input: ById,
    as: 'operator',
    rest: post('/tasks/:id/dismiss', 'Settle a failed task without another attempt', { status: 204, errors: [403, 404, 409] }),
  }),
};
