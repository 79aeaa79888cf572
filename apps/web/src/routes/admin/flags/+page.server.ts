import { orError } from '#lib/server/failures.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('assay:flags');
  const [flags, rollouts] = await orError(Promise.all([locals.api.flags.list.query(), locals.api.rollouts.list.query()]));
  return { items: flags.items, rollouts };
};
