import { CURRENCIES, PAGES, type Currency } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, PAGES.onboarding);
  const { api } = locals;
  const [seller, balances, releases] = await orError(
    Promise.all([api.sellers.get.query({ id: me.id }), api.balance.get.query(), api.balance.releases.query()]),
  );
  const ratings = seller.summary?.totalRatings ?? null;
  const asked = url.searchParams.get('currency');
  const currency = balances.find((balance) => balance.currency === asked)?.currency ?? balances[0]?.currency;
  if (!currency || !Object.hasOwn(CURRENCIES, currency)) return { ratings, balances, releases, balance: null, statement: null, cursor: '' };
  const cursor = url.searchParams.get('cursor') ?? '';
  const statement = await orError(api.balance.statement.query({ currency: currency as Currency, cursor: cursor || undefined }));
  return { ratings, balances, releases, balance: balances.find((one) => one.currency === currency)!, statement, cursor };
};
