import { PAGES, RevokedRole } from '@assay/contract';
import type { RequestEvent } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, valueOf } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const searchOf = (url: URL) => url.searchParams.get('q')?.trim() ?? '';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const q = searchOf(url);
  return { q, people: q ? await orError(locals.api.people.find.query({ q })) : null };
};

/** The same search again. */
const next = ({ event }: { event: RequestEvent }) => PAGES.peopleFound(searchOf(event.url));
const read = formOf({ id });

export const actions = {
  disable: action({ read, call: (api, input) => api.people.disable.mutate(input), say: 'Account disabled and signed out.', next }),
  enable: action({ read, call: (api, input) => api.people.enable.mutate(input), say: 'Account enabled.', next }),
  endSessions: action({ read, call: (api, input) => api.people.endSessions.mutate(input), say: 'Account signed out everywhere.', next }),
  revokeRole: action({
    read: formOf({ id, role: valueOf(RevokedRole) }),
    call: (api, input) => api.people.revokeRole.mutate(input),
    say: ({ input }) => `Role ${input.role} taken away. The account is signed out.`,
    next,
  }),
};
