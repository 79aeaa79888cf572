import { error } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { countryName } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('admin')) error(403, 'Only admins decide about papers.');
  const queue = await orError(locals.api.verification.queue.query());
  return { queue: { ...queue, waiting: queue.waiting.map((item) => ({ ...item, countryName: countryName(item.country) })) } };
};

const idIn = (form: FormData) => idOf(form.get('id')) ?? 0; // 0 is no id: the API refuses it

export const actions: Actions = {
  approve: (event) =>
    act(event, {
      call: (form) => event.locals.api.verification.decide.mutate({ id: idIn(form), approve: true }),
      done: 'Accepted. The seller is told.',
      next: '/admin/verification',
    }),
  reject: (event) =>
    act(event, {
      call: (form) => event.locals.api.verification.decide.mutate({ id: idIn(form), approve: false, reason: textOf(form, 'reason') }),
      done: 'Not accepted. The seller got your reason.',
      next: '/admin/verification',
    }),
};
