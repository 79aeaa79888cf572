import { IdText, RolloutView, StartRolloutInput } from '@assay/contract';
import { listRollouts, pauseRollout, resumeRollout, startRollout, stopRollout } from '@assay/core';
import { z } from 'zod';
import { route } from './route.ts';

const IdParams = z.object({ id: IdText });
const forOperators = { tag: 'Feature flags', auth: 'required' as const };

export const rolloutRoutes = [
  route({
    ...forOperators,
    method: 'get',
    path: '/rollouts',
    summary: 'The last guarded rollout of each flag',
    status: 200,
    response: z.object({ items: z.array(RolloutView) }),
    errors: [403],
    handle: async ({ ctx }) => ({ items: await listRollouts(ctx) }),
  }),
  route({
    ...forOperators,
    method: 'post',
    path: '/rollouts',
    summary: 'Open a flag step by step',
    description:
      'The first phase begins at once. Each further one begins when the one before has lasted its time, has seen enough requests, and its error rate, response time and scores were good. When something is bad the flag goes back to where it was; when there is too little to say, the rollout waits for a person.',
    body: StartRolloutInput,
    status: 201,
    response: RolloutView,
    errors: [403, 409],
    handle: ({ ctx, body }) => startRollout(ctx, body),
  }),
  ...(
    [
      ['pause', pauseRollout, 'Let a rollout stay in its phase'],
      ['resume', resumeRollout, 'Let its phase begin anew'],
      ['stop', stopRollout, 'End a rollout; the flag stays as it is'],
    ] as const
  ).map(([move, handle, summary]) =>
    route({
      ...forOperators,
      method: 'post',
      path: `/rollouts/:id/${move}`,
      summary,
      params: IdParams,
      status: 200,
      response: RolloutView,
      errors: [403, 404, 409],
      handle: ({ ctx, params }) => handle(ctx, params),
    }),
  ),
];
