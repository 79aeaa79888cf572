import { ORDER_STATUSES } from '@assay/contract';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const as = url.searchParams.get('as') === 'seller' ? ('seller' as const) : ('buyer' as const);
  const cursor = url.searchParams.get('cursor');
  const status = ORDER_STATUSES.find((known) => known === url.searchParams.get('status'));
  const me = knownAccount(await parent());
  const [orders, ratings] = await orError(
    Promise.all([
      locals.api.orders.list.query({ as, status, cursor: cursor || undefined }),
      as === 'seller' ? ownRatings(locals.api, me) : null,
    ]),
  );
  return { as, status: status ?? null, cursor, orders, ratings, sells: me?.roles.includes('seller') ?? false };
};
