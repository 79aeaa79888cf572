import { StartRolloutInput, type FlagName, type RolloutView } from '@assay/contract';
import { AppError, listRollouts, pauseRollout, resumeRollout, startRollout, stopRollout, type Context } from '@assay/core';
import { WrongCall } from './command.ts';

export const ROLLOUT_OPTIONS = {
  phases: { type: 'string' },
  wait: { type: 'string' },
  requests: { type: 'string' },
  errors: { type: 'string' },
  p95: { type: 'string' },
} as const;
export type RolloutValues = { [Name in keyof typeof ROLLOUT_OPTIONS]?: string | undefined };

const MOVES = { pause: pauseRollout, resume: resumeRollout, stop: stopRollout };
export const ROLLOUT_COMMANDS = ['guard', ...Object.keys(MOVES)];

/** "seller-ratings  running, 25 % of 10, 25, 50, 100; next at 2026-11-25 20:15 at the earliest" */
export function rolloutLine({ flag, status, phases, phase, dueAt, message }: RolloutView): string {
  const next = status === 'running' ? `; the next phase at ${dueAt.slice(0, 16).replace('T', ' ')} at the earliest` : '';
  return `${flag.padEnd(28)}${status}, ${phases[phase]} % of ${phases.join(', ')}${next}${message ? `. ${message}` : ''}`;
}

/** Runs a command about a guarded rollout, whose arguments are valid. @throws WrongCall */
export function rolloutPlan(command: string, name: FlagName, values: RolloutValues): (ctx: Context) => Promise<RolloutView> {
  if (command === 'guard') {
    const input = startInput(name, values);
    return (ctx) => startRollout(ctx, input);
  }
  const move = MOVES[command as keyof typeof MOVES];
  return async (ctx) => {
    const rollout = (await listRollouts(ctx)).find(({ flag }) => flag === name);
    if (!rollout) throw new AppError('ROLLOUT_NOT_FOUND');
    return move(ctx, rollout);
  };
}

function startInput(name: FlagName, { phases, wait, requests, errors, p95 }: RolloutValues): StartRolloutInput {
  const parsed = StartRolloutInput.safeParse({
    name,
    phases: phases?.split(',').map(Number),
    waitMinutes: wait === undefined ? undefined : Number(wait),
    requestsMin: requests === undefined ? undefined : Number(requests),
    errorRatePercentMax: errors === undefined ? undefined : Number(errors),
    p95MaxMs: p95 === undefined ? undefined : Number(p95),
  });
  if (!parsed.success) throw new WrongCall(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  return parsed.data;
}
