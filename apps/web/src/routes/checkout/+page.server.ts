import { BASKET_MAX, PAGES, type QuoteInput } from '@assay/contract';
import type { ApiClient } from '@assay/client';
import { redirect } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { countryName } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { z } from 'zod';
import type { PageServerLoad } from './$types';

/** One listing by itself, or what is in the basket in one currency. */
async function itemsOf(api: ApiClient, query: URLSearchParams): Promise<QuoteInput['items']> {
  const listingId = idOf(query.get('listing'));
  if (listingId !== null) return [{ listingId, quantity: idOf(query.get('quantity')) ?? 1 }];
  const { currencies } = await api.basket.get.query();
  const group = currencies.find(({ currency }) => currency === query.get('currency')) ?? currencies[0];
  return (group?.sellers ?? []).flatMap(({ items }) => items.map((item) => ({ listingId: item.listingId, quantity: item.quantity })));
}

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { api } = locals;
  const [items, addresses] = await orError(Promise.all([itemsOf(api, url.searchParams), api.addresses.list.query()]));
  if (items.length === 0) redirect(303, PAGES.basket);
  const wanted = idOf(url.searchParams.get('address'));
  const address = addresses.items.find(({ id }) => id === wanted) ?? addresses.items[0];
  const choices = [...url.searchParams].flatMap(([name, value]) => {
    const sellerId = idOf(/^delivery-(\d+)$/.exec(name)?.[1]);
    return sellerId !== null && (value === 'ship' || value === 'pickup') ? [{ sellerId, delivery: value, note: '' } as const] : [];
  });
  const quote = await orError(api.checkout.quote.mutate({ items, addressId: address?.id, choices }));
  return {
    quote,
    addresses: addresses.items.map((one) => ({ ...one, countryName: countryName(one.country) })),
    addressId: address?.id ?? null,
    query: [...url.searchParams].filter(([name]) => name === 'currency' || name === 'listing' || name === 'quantity'),
    here: url.pathname + url.search,
  };
};

/** The form of the order: what the page showed, and the notes. */
const CheckoutForm = z.instanceof(FormData).transform((form) => {
  const textsOf = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
  const textOf = (name: string) => textsOf(name)[0] ?? '';
  const items = textsOf('item').slice(0, BASKET_MAX + 1);
  return {
    items: items.map((item) => {
      const [listingId, quantity] = item.split(':').map(Number);
      return { listingId: listingId ?? NaN, quantity: quantity ?? NaN };
    }),
    addressId: idOf(textOf('addressId')) ?? undefined,
    choices: textsOf('seller').map((seller) => ({
      sellerId: Number(seller),
      delivery: textOf(`delivery-${seller}`) === 'pickup' ? ('pickup' as const) : ('ship' as const),
      note: textOf(`note-${seller}`),
    })),
    version: textOf('version'),
  };
});

export const actions = {
  order: action({
    read: CheckoutForm,
    call: (api, input) => api.checkout.place.mutate(input),
    next: ({ result }) => PAGES.orderGroup(result.id),
  }),
};
