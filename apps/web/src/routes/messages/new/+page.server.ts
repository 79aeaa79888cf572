import { PAGES, ThreadSubject } from '@assay/contract';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { clientIdOf } from '#lib/server/message-id.ts';
import type { PageServerLoad } from './$types';

/** What the address says that the message is about. */
function subjectOf({ url }: Pick<RequestEvent, 'url'>): ThreadSubject {
  const { searchParams } = url;
  const parsed = ThreadSubject.safeParse({ kind: searchParams.get('about'), subjectId: idOf(searchParams.get('id')) });
  return parsed.data ?? error(404, 'There is nothing to write about here.');
}

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const subject = await orError(locals.api.messages.about.query(subjectOf({ url })));
  if (subject.threadId !== null) redirect(303, `${PAGES.thread(subject.threadId)}#latest`);
  return { subject };
};

export const actions = {
  send: action({
    read: formOf({ text }),
    call: (api, input, event) => api.messages.start.mutate({ ...subjectOf(event), ...input, clientId: clientIdOf(event) }),
    next: ({ result }) => `${PAGES.thread(result.id)}#latest`,
  }),
};
