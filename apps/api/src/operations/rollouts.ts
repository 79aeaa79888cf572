import { RolloutView, StartRolloutInput } from '@assay/contract';
import { listRollouts, pauseRollout, resumeRollout, startRollout, stopRollout } from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const steer = { input: ById, output: RolloutView, as: 'operator' } as const;
const errors = [403, 404, 409];

export const rollouts = {
  list: query({
    use: listRollouts,
    output: z.array(RolloutView),
    as: 'operator',
    rest: get('/rollouts', 'The last guarded rollout of each flag', { items: true, errors: [403] }),
  }),
  start: mutation({
    use: startRollout,
    input: StartRolloutInput,
    output: RolloutView,
    as: 'operator',
    rest: post('/rollouts', 'Open a flag step by step', {
      description:
        'The first phase begins at once. Each further one begins when the one before has lasted its time, has seen enough requests, and its error rate, response time and scores were good. When something is bad the flag goes back to where it was; when there is too little to say, the rollout waits for a person.',
      status: 201,
      errors: [403, 409],
    }),
  }),
  pause: mutation({ ...steer, use: pauseRollout, rest: post('/rollouts/:id/pause', 'Let a rollout stay in its phase', { errors }) }),
  resume: mutation({ ...steer, use: resumeRollout, rest: post('/rollouts/:id/resume', 'Let its phase begin anew', { errors }) }),
  stop: mutation({ ...steer, use: stopRollout, rest: post('/rollouts/:id/stop', 'End a rollout; the flag stays as it is', { errors }) }),
};
