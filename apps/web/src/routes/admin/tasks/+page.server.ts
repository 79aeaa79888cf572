import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const cursor = url.searchParams.get('cursor')?.trim();
  return { dead: await orError(locals.api.tasks.dead.query(cursor ? { cursor } : {})), isFirst: !cursor };
};

const next = '/admin/tasks';
const taskIn = (form: FormData) => ({ id: idOf(form.get('id')) ?? 0 }); // 0 is no id: the API refuses it

export const actions: Actions = {
  retry: (event) =>
    act(event, { call: (form) => event.locals.api.tasks.retry.mutate(taskIn(form)), done: 'The task is queued again.', next }),
  dismiss: (event) =>
    act(event, { call: (form) => event.locals.api.tasks.dismiss.mutate(taskIn(form)), done: 'The task is dismissed.', next }),
};
