import type { StrikeReason } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf, knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  if (!me?.roles.includes('admin')) error(403, 'Only admins decide about ratings.');
  return { queue: await orError(locals.api.moderation.queue.query()) };
};

const ratingIn = (form: FormData) => ({ ratingId: idOf(form.get('ratingId')) ?? 0, statement: textOf(form, 'statement') }); // 0 is no id: the API refuses it

export const actions: Actions = {
  strike: (event) =>
    act(event, {
      call: (form) => {
        // What is no rule is refused by the API, in its own words.
        const reason = textOf(form, 'reason') as StrikeReason;
        return event.locals.api.moderation.strike.mutate({ ...ratingIn(form), reason });
      },
      done: 'Struck out. Both sides got your reasons.',
      next: '/admin/moderation',
    }),

  dismiss: (event) =>
    act(event, {
      call: (form) => event.locals.api.moderation.dismiss.mutate(ratingIn(form)),
      done: 'The rating stays. Both sides got your reasons.',
      next: '/admin/moderation',
    }),

  restore: (event) =>
    act(event, {
      call: (form) => event.locals.api.moderation.restore.mutate(ratingIn(form)),
      done: 'The rating counts again. Both sides got your reasons.',
      next: '/admin/moderation',
    }),

  appeal: (event) =>
    act(event, {
      call: (form) => {
        const reason = textOf(form, 'reason') as StrikeReason | '';
        return event.locals.api.moderation.decideAppeal.mutate({
          appealId: idOf(form.get('appealId')) ?? 0,
          grant: textOf(form, 'grant') === 'true',
          ...(reason ? { reason } : {}),
          statement: textOf(form, 'statement'),
        });
      },
      done: 'The appeal is decided. Both sides got your reasons.',
      next: '/admin/moderation#appeals',
    }),
};
