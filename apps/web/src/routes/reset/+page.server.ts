import { PAGES } from '@assay/contract';
import { action } from '#lib/server/action.ts';
import { accepted, restFor } from '#lib/server/api.ts';
import { formOf, text } from '#lib/server/form.ts';

export const actions = {
  default: action({
    open: true,
    read: formOf({ email: text }),
    call: async (_api, input, event) => accepted(await restFor(event, '/auth/password/reset', input)),
    next: `${PAGES.reset}?sent`,
  }),
};
