import { DecideDisputeInput, PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { inputOf, optionalText, text } from '#lib/server/form.ts';
import { idOf, requireAdmin } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

const NO_SUCH = 'There is no dispute about this order.';

export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
  await requireAdmin({ locals, url, parent });
  const id = idOf(params.id);
  if (id === null) error(404, NO_SUCH);
  return { dispute: await orError(locals.api.disputes.get.query({ id })) };
};

export const actions = {
  decide: action({
    read: inputOf(DecideDisputeInput, { outcome: text, amount: optionalText, statement: text }),
    call: (api, input, { params }) => api.disputes.decide.mutate({ ...input, id: idOf(params.id) ?? error(404, NO_SUCH) }),
    say: ({ result }) => (result.status === 'closed' ? 'Decided. The dispute is closed.' : 'Decided. Both sides are notified.'),
    next: ({ result }) => PAGES.dispute(result.orderId),
  }),
};
