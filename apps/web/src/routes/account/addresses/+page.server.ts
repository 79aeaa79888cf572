import { PAGES } from '@assay/contract';
import { error, type RequestEvent } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { AddressForm, addressValues } from '#lib/server/address-form.ts';
import { COUNTRIES, countryName } from '#lib/server/countries.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id } from '#lib/server/form.ts';
import { idOf, requireSignIn, safeNext } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

/** The page that asked for an address, or the address book. */
const nextOf = ({ url }: Pick<RequestEvent, 'url'>) => safeNext(url.searchParams.get('next') ?? PAGES.addresses);
const editedId = ({ url }: Pick<RequestEvent, 'url'>) => idOf(url.searchParams.get('edit'));

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { items } = await orError(locals.api.addresses.list.query());
  const edited = items.find((address) => address.id === editedId({ url }));
  return {
    addresses: items.map((address) => ({ ...address, countryName: countryName(address.country) })),
    edited: edited ? addressValues(edited) : null,
    editedId: edited?.id ?? null,
    next: url.searchParams.get('next') ? nextOf({ url }) : null,
    countries: COUNTRIES,
  };
};

export const actions = {
  add: action({
    read: AddressForm,
    call: (api, input) => api.addresses.add.mutate(input),
    say: 'Address added.',
    next: ({ event }) => nextOf(event),
  }),
  edit: action({
    read: AddressForm,
    call: (api, input, event) => api.addresses.edit.mutate({ ...input, id: editedId(event) ?? error(404, 'This address does not exist.') }),
    say: 'Address saved.',
    next: PAGES.addresses,
  }),
  delete: action({
    read: formOf({ id }),
    call: (api, input) => api.addresses.delete.mutate(input),
    say: 'Address deleted.',
    next: PAGES.addresses,
  }),
};
