import { MAINTENANCE_KINDS, PAGES } from '@assay/contract';
import { z } from 'zod';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, optionalText, valueOf } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  requireSignIn({ locals, url });
  depends('assay:operations');
  return { operations: await orError(locals.api.operations.dashboard.query()), closing: idOf(url.searchParams.get('close')) };
};

const ALERTS = `${PAGES.admin}#alerts`;
const MAINTENANCE = `${PAGES.admin}#maintenance`;
const byId = formOf({ id });

export const actions = {
  acknowledge: action({
    read: byId,
    call: (api, input) => api.operations.acknowledgeAlert.mutate(input),
    say: 'Acknowledged. The other operators see that you are on it.',
    next: ALERTS,
  }),
  close: action({
    read: formOf({ id, note: optionalText }),
    call: (api, input) => api.operations.closeAlert.mutate({ ...input, note: input.note ?? null }),
    say: 'Alert closed.',
    next: ALERTS,
  }),
  run: action({
    read: formOf({ kind: valueOf(z.enum(MAINTENANCE_KINDS)) }),
    call: (api, input) => api.operations.requestRun.mutate(input),
    say: 'Run requested. It starts in a moment.',
    next: MAINTENANCE,
  }),
  pause: action({
    read: byId,
    call: (api, input) => api.operations.pauseRun.mutate(input),
    say: 'Run paused.',
    next: MAINTENANCE,
  }),
  resume: action({
    read: byId,
    call: (api, input) => api.operations.resumeRun.mutate(input),
    say: 'Run resumed.',
    next: MAINTENANCE,
  }),
  repair: action({
    read: formOf({ sellerId: id }),
    call: (api, input) => api.operations.repair.mutate(input),
    say: 'Repaired. The score matches its ratings again.',
    next: `${PAGES.admin}#discrepancies`,
  }),
};
