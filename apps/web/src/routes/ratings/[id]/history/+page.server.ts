import { error } from '@sveltejs/kit';
import { orError, staleSince } from '#lib/server/failures.ts';
import { idOf } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const id = idOf(params.id);
  if (id === null) error(404, 'There is no such rating.');
  const versions = await orError(locals.api.ratings.history.query({ id }));
  return { versions, staleSince: staleSince(locals) };
};
