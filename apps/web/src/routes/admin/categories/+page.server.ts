import { PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { knownAccount } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
  if (!knownAccount(await parent())?.roles.includes('admin')) error(403, 'This page is for admins.');
  return { tree: (await orError(locals.api.categories.tree.query())).items };
};

const next = PAGES.categories;

export const actions = {
  add: action({
    read: formOf({ parent: text, name: text }),
    call: (api, { parent, name }) => api.categories.add.mutate({ parent: parent || null, name }),
    say: 'Category added.',
    next,
  }),
  rename: action({
    read: formOf({ path: text, name: text }),
    call: (api, input) => api.categories.rename.mutate(input),
    say: 'Category renamed. Its listings show the new name.',
    next,
  }),
  retire: action({
    read: formOf({ path: text }),
    call: (api, { path }) => api.categories.retire.mutate({ path, retired: true }),
    say: 'Category retired. It takes no new listings.',
    next,
  }),
  restore: action({
    read: formOf({ path: text }),
    call: (api, { path }) => api.categories.retire.mutate({ path, retired: false }),
    say: 'Category restored. It takes new listings again.',
    next,
  }),
};
