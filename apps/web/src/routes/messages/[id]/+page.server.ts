import { PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { flag, formOf, text } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { clientIdOf } from '#lib/server/message-id.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'You have no such conversation.';
const threadIdOf = ({ id }: { id: string }): number => idOf(id) ?? error(404, NO_SUCH);

export const load: PageServerLoad = async ({ locals, params, url, isDataRequest }) => {
  requireSignIn({ locals, url });
  const id = threadIdOf(params);
  const cursor = url.searchParams.get('cursor');
  const { messages } = locals.api;
  const thread = await orError(messages.get.query({ id, cursor: cursor || undefined }));
  // A page that is opened is read. One that is read again in the background is read when it is in sight: the page says so itself.
  const reads = !isDataRequest && thread.unread > 0;
  const unread = reads ? await orError(messages.read.mutate({ id, upTo: thread.lastPosition })) : null;
  return { thread, cursor, unreadThreads: unread?.threads ?? null };
};

export const actions = {
  send: action({
    read: formOf({ text }),
    call: (api, input, event) =>
      api.messages.send.mutate({ ...input, id: threadIdOf(event.params as { id: string }), clientId: clientIdOf(event) }),
    next: ({ event }) => `${PAGES.thread(threadIdOf(event.params as { id: string }))}#latest`,
  }),
  block: action({
    read: formOf({ blocked: flag }),
    call: (api, input, { params }) => api.messages.block.mutate({ ...input, id: threadIdOf(params as { id: string }) }),
    say: ({ input }) => (input.blocked ? 'Blocked. You get no more messages from this person, but for orders.' : 'Unblocked.'),
    next: ({ event }) => PAGES.thread(threadIdOf(event.params as { id: string })),
  }),
  archive: action({
    read: formOf({ archived: flag }),
    call: (api, input, { params }) => api.messages.archive.mutate({ ...input, id: threadIdOf(params as { id: string }) }),
    say: ({ input }) => (input.archived ? 'Archived. The next message brings it back.' : 'Back among your messages.'),
    next: PAGES.messages,
  }),
};
