import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { flag, formOf, id } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const BOXES = ['inbox', 'unread', 'archived'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const given = url.searchParams;
  const box = BOXES.find((name) => name === given.get('box')) ?? 'inbox';
  const q = given.get('q')?.trim() ?? '';
  const cursor = given.get('cursor');
  const threads = await orError(
    locals.api.messages.list.query({
      archived: box === 'archived' || undefined,
      unread: box === 'unread' || undefined,
      q: q || undefined,
      cursor: cursor || undefined,
    }),
  );
  return { box, q, cursor, threads };
};

export const actions = {
  archive: action({
    read: formOf({ id, archived: flag }),
    call: (api, input) => api.messages.archive.mutate(input),
    say: ({ input }) => (input.archived ? 'Archived. The next message brings it back.' : 'Back among your messages.'),
    next: PAGES.messages,
  }),
};
