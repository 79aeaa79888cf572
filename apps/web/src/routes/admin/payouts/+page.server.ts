import {
  ERRORS,
  HoldPayoutsInput,
  IMPORT_BYTES_MAX,
  PAGES,
  PAYOUT_STATUSES,
  SettlePayoutInput,
  WriteOffInput,
  type ErrorCode,
  type StatementResult,
} from '@assay/contract';
import { z } from 'zod';
import { action } from '#lib/server/action.ts';
import { accepted, restText } from '#lib/server/api.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, inputOf, optionalText, text } from '#lib/server/form.ts';
import { requireAdmin } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  await requireAdmin({ locals, url, parent });
  const { api } = locals;
  const status = PAYOUT_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
  const [cursor, dueCursor] = ['cursor', 'due'].map((name) => url.searchParams.get(name) || undefined);
  const [ways, overview, payouts, due] = await orError(
    Promise.all([
      api.wallets.waysIn.query(),
      api.payouts.console.query(),
      api.payouts.search.query({ status: status ?? undefined, cursor }),
      api.payouts.due.query({ cursor: dueCursor }),
    ]),
  );
  const refusal = url.searchParams.get('refused') ?? '';
  const refused = Object.hasOwn(ERRORS, refusal) ? ERRORS[refusal as ErrorCode].message : null;
  return { ways, overview, payouts, due, status, refused };
};

const next = PAGES.adminPayouts;

/** The chosen statement as text. */
const StatementForm = z.instanceof(FormData).transform(async (form, ctx) => {
  const refuse = (message: string) => {
    ctx.addIssue({ code: 'custom', path: ['file'], message });
    return z.NEVER;
  };
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return refuse('Choose a file.');
  if (file.size > IMPORT_BYTES_MAX) return refuse('The file is larger than 5 MB. Use npm run payouts -- import FILE.');
  return { xml: await file.text() };
});

const saidOf = ({ paid, returned, unresolved, conflict, unchanged }: StatementResult): string =>
  `${paid} paid, ${returned} returned, ${unresolved} unresolved, ${conflict} in conflict, ${unchanged} known before.`;

export const actions = {
  import: action({
    read: StatementForm,
    async call(_api, { xml }, event) {
      const answer = await accepted(await restText(event, '/payouts/statements', { type: 'application/xml', text: xml }));
      return (await answer.json()) as StatementResult;
    },
    say: ({ result }) => saidOf(result),
    next: ({ result }) => (result.unresolved > 0 ? `${next}?status=unresolved` : next),
  }),
  settle: action({
    read: inputOf(SettlePayoutInput, { id, outcome: text, reason: optionalText }),
    call: (api, input) => api.payouts.settle.mutate(input),
    say: ({ input }) => `Payout ${input.id} is ${input.outcome}.`,
    next,
  }),
  lookUp: action({
    read: formOf({ id }),
    call: (api, input) => api.payouts.lookUp.mutate(input),
    say: ({ input, result }) => `Payout ${input.id} is ${result.status}.`,
    next,
  }),
  hold: action({
    read: inputOf(HoldPayoutsInput, { sellerId: id, reason: text }),
    call: (api, input) => api.payouts.hold.mutate(input),
    say: 'Payouts are on hold.',
    next,
  }),
  release: action({
    read: formOf({ sellerId: id }),
    call: (api, input) => api.payouts.release.mutate(input),
    say: 'Payouts go on.',
    next,
  }),
  writeOff: action({
    read: inputOf(WriteOffInput, { sellerId: id, currency: text, amount: text, reason: text }),
    call: (api, input) => api.payouts.writeOff.mutate(input),
    say: ({ input }) => `${input.amount} ${input.currency} written off.`,
    next,
  }),
  cancelFile: action({
    read: formOf({ id, ...PROOF_FIELDS }),
    call: (api, input) => api.payouts.cancelFile.mutate(withProof(input)),
    say: 'Bank file cancelled. Its payouts wait for another one.',
    next,
  }),
};
