import { redirect } from '@sveltejs/kit';
import { failure, orError } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { imageActions, uploadForm } from '#lib/server/image-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent, cookies }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('seller'))
    return { store: null, listings: null, sales: null, profile: null, cover: null, upload: uploadForm({ cookies, url }) };
  const [store, listings, sales, profile, cover] = await orError(
    Promise.all([
      locals.api.sellers.get.query({ id: me.id }),
      locals.api.listings.mine.query({ limit: '5' }),
      locals.api.orders.list.query({ as: 'seller', limit: '5' }),
      locals.api.images.of.query({ purpose: 'profile', subjectId: me.id }),
      locals.api.images.of.query({ purpose: 'cover', subjectId: me.id }),
    ]),
  );
  return { store, listings, sales, profile, cover, upload: uploadForm({ cookies, url }) };
};

export const actions: Actions = {
  ...imageActions,

  store: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    try {
      await event.locals.api.sellers.updateStore.mutate({
        fullName: textOf(form, 'fullName'),
        bio: textOf(form, 'bio'),
        location: textOf(form, 'location'),
      });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'Your store is up to date.' }, event.url.protocol === 'https:');
    redirect(303, '/seller/dashboard');
  },
};
