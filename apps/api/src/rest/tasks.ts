import { DeadTaskPage, IdText, ListDeadTasks } from '@assay/contract';
import { dismissTask, listDeadTasks, retryTask } from '@assay/core';
import { z } from 'zod';
import { route } from './route.ts';

const tag = 'Operations';

export const taskRoutes = [
  route({
    tag,
    auth: 'required',
    method: 'get',
    path: '/tasks/dead',
    summary: 'Tasks that used up their attempts',
    query: ListDeadTasks,
    status: 200,
    response: DeadTaskPage,
    errors: [403],
    handle: ({ ctx, query }) => listDeadTasks(ctx, query),
  }),
  ...(
    [
      ['retry', retryTask, 'Queue a dead task again'],
      ['dismiss', dismissTask, 'Settle a dead task without another attempt'],
    ] as const
  ).map(([move, handle, summary]) =>
    route({
      tag,
      auth: 'required',
      method: 'post',
      path: `/tasks/:id/${move}`,
      summary,
      params: z.object({ id: IdText }),
      status: 204,
      errors: [403, 404, 409],
      handle: ({ ctx, params }) => handle(ctx, params),
    }),
  ),
];
