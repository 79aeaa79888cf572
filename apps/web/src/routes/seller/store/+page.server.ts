import { fail, redirect } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { failure, orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import { accentOf } from '#lib/features/stores/accent.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/seller/store';
/** Listings to choose from at a time. */
const CHOICE = 24;

export const load: PageServerLoad = async ({ locals, url, parent, cookies, depends }) => {
  depends('assay:store');
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller')) redirect(303, '/seller/dashboard'); // where a store is opened
  const { api } = locals;
  const from = url.searchParams.get('listings');
  const [seller, settings, listings, cover] = await orError(
    Promise.all([
      api.sellers.get.query({ id: me.id }),
      api.stores.settings.query(),
      api.stores.listings.query({ sellerId: me.id, limit: CHOICE, ...(from ? { cursor: from } : {}) }),
      api.images.of.query({ purpose: 'cover', subjectId: me.id }),
    ]),
  );
  return { seller, settings, listings, from, cover, upload: uploadForm({ cookies, url }) };
};

export const actions: Actions = {
  ...imageActions,

  save: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const accent = textOf(form, 'nearest') || accentOf(textOf(form, 'accent') || 'none', textOf(form, 'own'));
    try {
      await event.locals.api.stores.save.mutate({
        about: textOf(form, 'about'),
        accent,
        shippingPolicy: textOf(form, 'shippingPolicy'),
        returnsPolicy: textOf(form, 'returnsPolicy'),
        contactPolicy: textOf(form, 'contactPolicy'),
        version: Number(textOf(form, 'version')),
      });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'Your store is up to date.' }, event.url.protocol === 'https:');
    redirect(303, PAGE);
  },

  feature: async (event) => {
    requireSignIn(event);
    const texts = textOf(await event.request.clone().formData(), 'listingIds')
      .split(',')
      .filter(Boolean);
    const listingIds = texts.map(idOf).filter((id) => id !== null);
    if (listingIds.length !== texts.length)
      return fail(400, { message: 'There is no such listing.', code: 'BAD_REQUEST', fields: {}, values: {} });
    return act(event, {
      call: () => event.locals.api.stores.feature.mutate({ listingIds }),
      done: listingIds.length === 0 ? 'No listing comes first any more.' : 'What comes first is changed.',
      next: `${PAGE}#featured`,
    });
  },
};
