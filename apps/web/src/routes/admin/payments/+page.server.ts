import { PAGES, PROVIDER_CALLS, ResolveDifferenceInput, SettleByHandInput } from '@assay/contract';
import { z } from 'zod';
import { LOOK_UP_LABELS } from '#lib/features/payments/labels.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { flag, formOf, id, inputOf, text, valueOf } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const { payments } = locals.api;
  const ended = url.searchParams.get('chargebacks') === 'ended';
  const cursor = url.searchParams.get('cursor') || undefined;
  const [unresolved, events, chargebacks, reconciliation] = await orError(
    Promise.all([
      payments.unresolved.query(),
      payments.events.query(),
      payments.chargebacks.query({ ended, cursor }),
      payments.differences.query(),
    ]),
  );
  return { unresolved, events, chargebacks, ended, reconciliation };
};

const next = PAGES.unresolvedPayments;
const kind = valueOf(z.enum(PROVIDER_CALLS));

export const actions = {
  lookUp: action({
    read: formOf({ kind, id }),
    call: (api, input) => api.payments.lookUp.mutate(input),
    say: ({ result }) => LOOK_UP_LABELS[result.outcome],
    next,
  }),
  settle: action({
    read: inputOf(SettleByHandInput, { kind, id, done: flag, reference: text, reason: text }),
    call: (api, input) => api.payments.settle.mutate(input),
    say: 'Settled. It is in the audit log.',
    next,
  }),
  resolve: action({
    read: inputOf(ResolveDifferenceInput, { id, reason: text }),
    call: (api, input) => api.payments.resolveDifference.mutate(input),
    say: 'Resolved. It is in the audit log.',
    next,
  }),
  retryEvent: action({
    read: formOf({ id }),
    call: (api, input) => api.payments.retryEvent.mutate(input),
    say: 'It is tried again. If it is listed again in a moment, nothing has changed.',
    next,
  }),
  dismissEvent: action({
    read: formOf({ id }),
    call: (api, input) => api.payments.dismissEvent.mutate(input),
    say: 'Dismissed. It is in the audit log.',
    next,
  }),
};
