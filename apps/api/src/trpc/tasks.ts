import { Id, ListDeadTasks } from '@assay/contract';
import { dismissTask, listDeadTasks, retryTask } from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const ById = z.object({ id: Id });

export const tasksRouter = router({
  dead: procedure.input(ListDeadTasks).query(({ ctx, input }) => listDeadTasks(ctx.ctx, input)),
  retry: procedure.input(ById).mutation(({ ctx, input }) => retryTask(ctx.ctx, input)),
  dismiss: procedure.input(ById).mutation(({ ctx, input }) => dismissTask(ctx.ctx, input)),
});
