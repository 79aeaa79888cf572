import { AddPasskeyInput, OwnerProof, PasskeyOffer, PasskeyOptions, PasskeyView, RemovePasskeyInput } from '@assay/contract';
import { addPasskey, beginPasskey, getPasskeyOffer, listPasskeys, removePasskey } from '@assay/core';
import { z } from 'zod';
import { PROOF } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** Passkeys of my account. Signing in with one sets cookies: rest/passkeys.ts. */
export const passkeys = {
  offer: query({ use: getPasskeyOffer, output: PasskeyOffer, as: 'anyone' }),
  list: query({ use: listPasskeys, output: z.array(PasskeyView), as: 'user', rest: get('/auth/passkeys', 'My passkeys', { items: true }) }),
  begin: mutation({
    use: beginPasskey,
    input: OwnerProof,
    output: PasskeyOptions,
    as: 'user',
    once: false,
    rest: post('/auth/passkeys/begin', 'Get what a browser needs to make a passkey', { description: PROOF, errors: [403, 409, 422, 503] }),
  }),
  add: mutation({
    use: addPasskey,
    input: AddPasskeyInput,
    output: PasskeyView,
    as: 'user',
    once: false,
    rest: post('/auth/passkeys', 'Add the passkey that the browser has made', { status: 201, errors: [403, 409, 422] }),
  }),
  remove: mutation({
    use: removePasskey,
    input: RemovePasskeyInput,
    as: 'user',
    once: false,
    rest: post('/auth/passkeys/:id/remove', 'Remove a passkey from my account', {
      description: `${PROOF} My other devices are signed out.`,
      status: 204,
      errors: [403, 404, 409, 422, 503],
    }),
  }),
};
