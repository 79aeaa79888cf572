import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const cursor = url.searchParams.get('cursor')?.trim() || undefined;
  return { dead: await orError(locals.api.tasks.dead.query({ cursor })), isFirst: !cursor };
};

const next = PAGES.tasks;
const read = formOf({ id });

export const actions = {
  retry: action({ read, call: (api, input) => api.tasks.retry.mutate(input), say: 'Task queued again.', next }),
  dismiss: action({ read, call: (api, input) => api.tasks.dismiss.mutate(input), say: 'Task dismissed.', next }),
};
