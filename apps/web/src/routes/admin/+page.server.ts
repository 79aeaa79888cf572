import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  requireSignIn({ locals, url });
  depends('assay:operations');
  return { operations: await orError(locals.api.operations.dashboard.query()), closing: idOf(url.searchParams.get('close')) };
};

const idIn = (form: FormData, name = 'id') => idOf(form.get(name)) ?? 0; // 0 is no id: the API refuses it

export const actions: Actions = {
  acknowledge: (event) =>
    act(event, {
      call: (form) => event.locals.api.operations.acknowledgeAlert.mutate({ id: idIn(form) }),
      done: 'Acknowledged. Everybody sees that you are on it.',
      next: '/admin#alerts',
    }),

  close: (event) =>
    act(event, {
      call: (form) => event.locals.api.operations.closeAlert.mutate({ id: idIn(form), note: textOf(form, 'note') || null }),
      done: 'The alert is closed.',
      next: '/admin#alerts',
    }),

  run: (event) =>
    act(event, {
      call: (form) =>
        event.locals.api.operations.requestRun.mutate({ kind: textOf(form, 'kind') === 'recalculate' ? 'recalculate' : 'verify' }),
      done: 'The run is requested. It begins in a moment.',
      next: '/admin#maintenance',
    }),

  pause: (event) =>
    act(event, {
      call: (form) => event.locals.api.operations.pauseRun.mutate({ id: idIn(form) }),
      done: 'The run pauses.',
      next: '/admin#maintenance',
    }),

  resume: (event) =>
    act(event, {
      call: (form) => event.locals.api.operations.resumeRun.mutate({ id: idIn(form) }),
      done: 'The run goes on.',
      next: '/admin#maintenance',
    }),

  repair: (event) =>
    act(event, {
      call: (form) => event.locals.api.operations.repair.mutate({ sellerId: idIn(form, 'sellerId') }),
      done: 'Repaired: the score is what its ratings say.',
      next: '/admin#discrepancies',
    }),
};
