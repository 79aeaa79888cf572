import { orError } from '#lib/server/failures.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const NUMBER = /^\d{1,9}$/;

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const given = (name: string) => url.searchParams.get(name)?.trim() ?? '';
  const [orderId, sellerId, cause, cursor] = [given('orderId'), given('sellerId'), given('cause'), given('cursor')];
  const isNumber = (text: string) => text === '' || (NUMBER.test(text) && Number(text) > 0);
  const query = {
    orderId: Number(orderId) || undefined,
    sellerId: Number(sellerId) || undefined,
    cause: cause || undefined,
    cursor: cursor || undefined,
  };
  const [balance, entries] = await orError(
    Promise.all([
      locals.api.ledger.trialBalance.query(),
      isNumber(orderId) && isNumber(sellerId) ? locals.api.ledger.entries.query(query) : { items: [], nextCursor: null },
    ]),
  );
  return { balance, entries, orderId, sellerId, cause, cursor };
};
