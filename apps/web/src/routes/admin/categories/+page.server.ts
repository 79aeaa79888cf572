import { error } from '@sveltejs/kit';
import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { knownAccount } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
  if (!knownAccount(await parent())?.roles.includes('admin')) error(403, 'This page is for admins.');
  return { tree: (await orError(locals.api.categories.tree.query())).items };
};

const next = '/admin/categories';

export const actions: Actions = {
  add: (event) =>
    act(event, {
      call: (form) => event.locals.api.categories.add.mutate({ parent: textOf(form, 'parent') || null, name: textOf(form, 'name') }),
      done: 'The category is there.',
      next,
    }),
  rename: (event) =>
    act(event, {
      call: (form) => event.locals.api.categories.rename.mutate({ path: textOf(form, 'path'), name: textOf(form, 'name') }),
      done: 'It is called so from now on, in all its listings.',
      next,
    }),
  retire: (event) =>
    act(event, {
      call: (form) => event.locals.api.categories.retire.mutate({ path: textOf(form, 'path'), retired: true }),
      done: 'It takes no new listings.',
      next,
    }),
  restore: (event) =>
    act(event, {
      call: (form) => event.locals.api.categories.retire.mutate({ path: textOf(form, 'path'), retired: false }),
      done: 'It takes new listings again.',
      next,
    }),
};
