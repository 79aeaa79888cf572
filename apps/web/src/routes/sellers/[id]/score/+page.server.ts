import { error } from '@sveltejs/kit';
import { orError, staleSince } from '#lib/server/failures.ts';
import { idOf } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const sellerId = idOf(params.id);
  if (sellerId === null) error(404, 'There is no such seller.');
  const explanation = await orError(locals.api.insights.explain.query({ sellerId }));
  return { explanation, staleSince: staleSince(locals) };
};
