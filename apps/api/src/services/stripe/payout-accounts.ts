import type { PayoutOrder, PayoutOutcome, PayoutProvider, ProviderAccount } from '@assay/core';
import { Stripe } from 'stripe';
import { stripeAmountOfMinor, stripeUnitOf } from './amounts.ts';
import { isRefusal, KEY, unlessMissing } from './outcomes.ts';

const PAGE = 100;
/** The metadata that names the seller, or the payout. */
const SELLER = 'assay_seller';
const PAYOUT = 'assay_payout';
const MINUTE_S = 60;
const DAY_S = 24 * 3600;
/** Of the marketplace's own balance: payments become available days after they were made. */
const TOO_LITTLE = 'balance_insufficient';

interface Made {
  id: string;
  metadata: Stripe.Metadata | null;
}

/**
 * Sellers' accounts at Stripe (Express), and payouts to them: a transfer to the account, and a payout from it to the seller's bank. Stripe
 * pays nothing out by itself: the schedule of each account is manual.
 */
export function stripePayouts(stripe: Stripe): PayoutProvider {
  const calls = { transfer: transferCall(stripe), payout: payoutCall(stripe), reversal: reversalCall(stripe) } as const;

  async function lookUp(order: PayoutOrder, key: string): Promise<PayoutOutcome | null> {
    for await (const made of calls[order.kind].list(order)) if (made.metadata?.[KEY] === key) return { status: 'done', reference: made.id };
    return null;
  }

  /** A key whose request was another one says nothing: what became of that one does. */
  async function refused(error: unknown, order: PayoutOrder, key: string): Promise<PayoutOutcome> {
    if (error instanceof Stripe.errors.StripeIdempotencyError) {
      const found = await lookUp(order, key);
      if (found) return found;
    }
    if (!isRefusal(error)) throw error;
    const status = order.kind === 'transfer' && error.code === TOO_LITTLE ? 'not-yet' : 'refused';
    return { status, reason: error.message };
  }

  return {
    async createAccount({ sellerId, email, country }, options) {
      try {
        const { id } = await stripe.accounts.create(
          {
            type: 'express',
            country,
            ...(email === null ? {} : { email }),
            capabilities: { transfers: { requested: true } },
            settings: { payouts: { schedule: { interval: 'manual' } } },
            metadata: { [KEY]: options.idempotencyKey, [SELLER]: String(sellerId) },
          },
          options,
        );
        return { status: 'done', reference: id };
      } catch (error) {
        if (isRefusal(error)) return { status: 'refused', reason: error.message };
        throw error;
      }
    },

    async findAccount(key, since) {
      for await (const { id, metadata } of stripe.accounts.list({ created: around(since), limit: PAGE }))
        if (metadata?.[KEY] === key) return id;
      return null;
    },

    async account(reference) {
      try {
        return await unlessMissing(async () => accountOf(await stripe.accounts.retrieve(reference)));
      } catch (error) {
        if (isClosed(error)) return null;
        throw error;
      }
    },

    async accountLink(account, { returnUrl, refreshUrl }) {
      const link = { account, type: 'account_onboarding' as const, return_url: returnUrl, refresh_url: refreshUrl };
      return (await stripe.accountLinks.create({ ...link, collection_options: { fields: 'eventually_due' } })).url;
    },

    unitOf: stripeUnitOf,

    async send(order, { idempotencyKey }) {
      let amount: number;
      try {
        amount = stripeAmountOfMinor(order.amountMinor, order.currency);
      } catch (error) {
        if (error instanceof RangeError) return { status: 'refused', reason: error.message };
        throw error;
      }
      try {
        const metadata = { [KEY]: idempotencyKey, [PAYOUT]: String(order.payoutId) };
        return { status: 'done', reference: await calls[order.kind].create(order, amount, metadata, { idempotencyKey }) };
      } catch (error) {
        return refused(error, order, idempotencyKey);
      }
    },

    lookUp,

    async bankOutcome({ reference, account }) {
      const {
        status,
        failure_message: message,
        failure_code: code,
      } = await stripe.payouts.retrieve(reference, {}, { stripeAccount: account });
      if (status === 'paid') return { status: 'paid' };
      if (status === 'failed' || status === 'canceled') return { status: 'failed', reason: message ?? code ?? `The payout was ${status}.` };
      return { status: 'sent' };
    },
  };
}

/** How one kind of call is made, and where what it made is listed. */
interface Call {
  create(order: PayoutOrder, amount: number, metadata: Record<string, string>, options: Stripe.RequestOptions): Promise<string>;
  list(order: PayoutOrder): AsyncIterable<Made>;
}

const groupOf = ({ payoutId }: PayoutOrder): string => `payout_${payoutId}`;
const currencyOf = ({ currency }: PayoutOrder): string => currency.toLowerCase();

const transferCall = ({ transfers }: Stripe): Call => ({
  create: async (order, amount, metadata, options) => {
    const to = { destination: order.account, transfer_group: groupOf(order) };
    return (await transfers.create({ amount, currency: currencyOf(order), ...to, metadata }, options)).id;
  },
  list: (order) => transfers.list({ transfer_group: groupOf(order), limit: PAGE }),
});

const payoutCall = ({ payouts }: Stripe): Call => ({
  create: async (order, amount, metadata, options) =>
    (await payouts.create({ amount, currency: currencyOf(order), metadata }, { ...options, stripeAccount: order.account })).id,
  list: ({ account, keyedAt }) => payouts.list({ created: around(keyedAt), limit: PAGE }, { stripeAccount: account }),
});

const reversalCall = ({ transfers }: Stripe): Call => ({
  create: async (order, amount, metadata, options) => (await transfers.createReversal(transferOf(order), { amount, metadata }, options)).id,
  list: (order) => transfers.listReversals(transferOf(order), { limit: PAGE }),
});

/** @throws Error */
function transferOf({ transfer, payoutId }: PayoutOrder): string {
  if (transfer === null) throw new Error(`The payout ${payoutId} has no transfer.`);
  return transfer;
}

/** Seconds around the life of a key: the clocks of both sides may differ. */
function around(keyedAt: Date): Stripe.RangeQueryParam {
  const at = Math.floor(keyedAt.getTime() / 1000);
  return { gte: at - 10 * MINUTE_S, lte: at + 2 * DAY_S };
}

/** Of an account that was closed, or whose seller has revoked the marketplace's access. */
const isClosed = (error: unknown): boolean => error instanceof Stripe.errors.StripePermissionError && error.code === 'account_invalid';

function accountOf(account: Stripe.Account): ProviderAccount {
  const { details_submitted: isSubmitted, payouts_enabled: pays, capabilities, settings, requirements } = account;
  const isManual = settings?.payouts?.schedule.interval === 'manual';
  const isReady = isSubmitted && pays && capabilities?.transfers === 'active' && isManual;
  const missing = missingOf(requirements);
  if (isSubmitted && !isManual) missing.push('The payout schedule of the account is not manual: the marketplace has to set it.');
  return {
    state: !isSubmitted ? 'onboarding' : isReady ? 'ready' : 'restricted',
    missing: isReady ? [] : missing,
    currency: account.default_currency?.toUpperCase() ?? null,
    masked: maskOf(account.external_accounts?.data[0]),
  };
}

const maskOf = (bank: Stripe.ExternalAccount | undefined): string | null => (bank && 'last4' in bank ? `•••• ${bank.last4}` : null);

/** What Stripe says is missing: its own sentences where it has some, else the names of the fields. */
function missingOf(requirements: Stripe.Account.Requirements | undefined | null): string[] {
  const reasons = new Map((requirements?.errors ?? []).map(({ requirement, reason }) => [requirement, reason]));
  const due = new Set([...(requirements?.past_due ?? []), ...(requirements?.currently_due ?? [])]);
  const lines = [...due].map((name) => reasons.get(name) ?? labelOf(name));
  if (lines.length === 0 && requirements?.disabled_reason)
    lines.push(`Stripe’s reason: ${requirements.disabled_reason.replaceAll(/[._]/g, ' ')}`);
  return [...new Set(lines)];
}

const LABELS: Readonly<Record<string, string>> = {
  external_account: 'Bank account',
  'tos_acceptance.date': 'Stripe’s terms',
  'tos_acceptance.ip': 'Stripe’s terms',
  'individual.verification.document': 'Identity document',
  'individual.dob.day': 'Date of birth',
  'individual.dob.month': 'Date of birth',
  'individual.dob.year': 'Date of birth',
};

/** "individual.address.city" is "Address city". */
function labelOf(name: string): string {
  const words = name.replace(/^(individual|company|business_profile|person_\w+)\./, '').replaceAll(/[._]/g, ' ');
  return LABELS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
