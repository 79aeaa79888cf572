import { orError } from '#lib/server/failures.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const as = url.searchParams.get('as') === 'seller' ? ('seller' as const) : ('buyer' as const);
  const cursor = url.searchParams.get('cursor');
  return { as, cursor, orders: await orError(locals.api.orders.list.query({ as, cursor: cursor || undefined })) };
};
