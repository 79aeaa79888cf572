import { redirect } from '@sveltejs/kit';
import { failure, orError, refuse } from '#lib/server/failures.ts';
import { setFlash } from '#lib/server/flash.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  return { decisions: (await orError(locals.api.moderation.decisions.query())).items };
};

export const actions: Actions = {
  appeal: async (event) => {
    requireSignIn(event);
    const form = await event.request.formData();
    const decisionId = idOf(form.get('decisionId'));
    if (decisionId === null) return refuse(404, 'There is no such decision.');
    try {
      await event.locals.api.moderation.appeal.mutate({ decisionId, text: textOf(form, 'text') });
    } catch (thrown) {
      return failure(thrown, form);
    }
    setFlash(event.cookies, { message: 'Your appeal is in. A moderator decides and tells you why.' }, event.url.protocol === 'https:');
    redirect(303, `/decisions#decision-${decisionId}`);
  },
};
