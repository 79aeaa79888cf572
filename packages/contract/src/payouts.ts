import { z } from 'zod';
import { Cursor, Id, pageSize, Timestamp } from './common.ts';
import { fitsCurrency } from './amounts.ts';
import { Currency, PriceText } from './money.ts';
import { OwnerProof } from './owner-proof.ts';
import { PAYOUT_CALL_STATUSES, PAYOUT_CALLS, PAYOUT_INTERVALS, PAYOUT_METHODS, PAYOUT_REASONS, PAYOUT_STATUSES } from './payout-choices.ts';
import { text } from './text.ts';

/** An amount of money as decimal text; below zero with a minus. */
const Amount = z.string().meta({ example: '123.45' });

export const PayoutView = z
  .object({
    id: Id,
    amount: Amount,
    currency: z.string(),
    status: z.enum(PAYOUT_STATUSES),
    method: z.enum(PAYOUT_METHODS),
    reference: z.string().describe('The end-to-end id on the statement of the bank.'),
    masked: z.string().describe('Where it goes: “DE89 •••• 3000”'),
    isTest: z.boolean().describe('Some of it is money of the test provider.'),
    reason: z.string().nullable().describe('Why it failed or came back.'),
    createdAt: Timestamp,
    sentAt: Timestamp.nullable(),
    settledAt: Timestamp.nullable(),
  })
  .meta({ id: 'Payout' });
export type PayoutView = z.infer<typeof PayoutView>;

/** Money that was released to a seller not long ago: it can be paid out later. */
export const Pending = {
  pending: Amount.describe('Released, and available later: it is kept for refunds until then.'),
  availableFrom: Timestamp.nullable().describe('When the first of it is available; null where nothing is pending.'),
  availableBy: Timestamp.nullable().describe('When all of it is available.'),
};

/** What a seller has in one currency, and what becomes of it. */
export const PayoutDue = z
  .object({
    currency: z.string(),
    available: Amount.describe('What can be paid out now.'),
    ...Pending,
    reserved: Amount.describe('Kept back against refunds.'),
    debt: Amount.describe('What the seller owes, from refunds after a payout.'),
    amount: Amount.nullable().describe('What is paid out next; null where nothing is.'),
    reason: z.enum(PAYOUT_REASONS).nullable().describe('Why nothing is paid out; null where something is.'),
    minimum: Amount.describe('The least amount that is paid out.'),
    destination: z.string().nullable().describe('Where it goes: “DE89 •••• 3000”; null where that is not known.'),
  })
  .meta({ id: 'PayoutDue' });
export type PayoutDue = z.infer<typeof PayoutDue>;

export const PayoutOverview = z
  .object({
    schedule: z.enum(PAYOUT_INTERVALS),
    nextAt: Timestamp.describe('When the next payout is made.'),
    heldReason: z.string().nullable().describe('Why payouts are on hold.'),
    destination: z.string().nullable().describe('Where they go: “DE89 •••• 3000”; a currency may have another one.'),
    due: z.array(PayoutDue),
  })
  .meta({ id: 'PayoutOverview' });
export type PayoutOverview = z.infer<typeof PayoutOverview>;

export const PayoutScheduleInput = z
  .object({ schedule: z.enum(PAYOUT_INTERVALS, { error: `Choose ${PAYOUT_INTERVALS.join(', ')}.` }) })
  .meta({ id: 'PayoutScheduleInput' });
export type PayoutScheduleInput = z.infer<typeof PayoutScheduleInput>;

export const ListPayoutsQuery = z.object({ limit: pageSize(20, 100), cursor: Cursor.optional() });
export type ListPayoutsQuery = z.infer<typeof ListPayoutsQuery>;
export const PayoutPage = z.object({ items: z.array(PayoutView), nextCursor: z.string().nullable() }).meta({ id: 'PayoutPage' });
export type PayoutPage = z.infer<typeof PayoutPage>;

/** One part of a payout: what an entry of the ledger did to the seller's balance. */
export const PayoutLineView = z
  .object({
    kind: z.string().meta({ example: 'release' }),
    orderId: Id.nullable(),
    at: Timestamp,
    gross: Amount.describe('What the buyer paid or got back.'),
    fee: Amount.describe('The commission, without VAT.'),
    vat: Amount.describe('VAT on the commission.'),
    debt: Amount.describe('What was paid off of a negative balance.'),
    amount: Amount.describe('What is left of it: these add up to the payout.'),
  })
  .meta({ id: 'PayoutLine' });
export type PayoutLineView = z.infer<typeof PayoutLineView>;

export const PayoutLinesQuery = z.object({ id: Id, limit: pageSize(50, 200), cursor: Cursor.optional() });
export type PayoutLinesQuery = z.infer<typeof PayoutLinesQuery>;
export const PayoutDetail = z
  .object({ payout: PayoutView, lines: z.array(PayoutLineView), nextCursor: z.string().nullable() })
  .meta({ id: 'PayoutDetail' });
export type PayoutDetail = z.infer<typeof PayoutDetail>;

const ofSeller = { sellerId: Id, sellerName: z.string() };

/** What the provider was asked for a payout, as admins see it. */
export const PayoutCallView = z
  .object({
    kind: z.enum(PAYOUT_CALLS),
    status: z.enum(PAYOUT_CALL_STATUSES),
    account: z.string().describe('The seller’s account at the provider.'),
    reference: z.string().nullable().describe('The provider’s id; null where it has none.'),
    key: z.string().describe('The idempotency key. The provider has it in the metadata `assay_key`.'),
    failure: z.string().nullable().describe('Why it was refused, or what happened instead of an answer.'),
  })
  .meta({ id: 'PayoutCall' });
export type PayoutCallView = z.infer<typeof PayoutCallView>;

/** A payout as admins see it. */
export const SellerPayoutView = PayoutView.extend({
  ...ofSeller,
  fileId: Id.nullable(),
  calls: z.array(PayoutCallView).describe('What the provider was asked for it, in order; empty for other methods.'),
}).meta({ id: 'SellerPayout' });
export type SellerPayoutView = z.infer<typeof SellerPayoutView>;

export const SearchPayoutsQuery = ListPayoutsQuery.extend({ status: z.enum(PAYOUT_STATUSES).optional(), sellerId: Id.optional() });
export type SearchPayoutsQuery = z.infer<typeof SearchPayoutsQuery>;
export const SellerPayoutPage = z
  .object({ items: z.array(SellerPayoutView), nextCursor: z.string().nullable() })
  .meta({ id: 'SellerPayoutPage' });
export type SellerPayoutPage = z.infer<typeof SellerPayoutPage>;

/** A seller with money, as admins see it. */
export const SellerDueView = PayoutOverview.extend(ofSeller).meta({ id: 'SellerDue' });
export type SellerDueView = z.infer<typeof SellerDueView>;
export const SellerDuePage = z.object({ items: z.array(SellerDueView), nextCursor: z.string().nullable() }).meta({ id: 'SellerDuePage' });
export type SellerDuePage = z.infer<typeof SellerDuePage>;

export const PayoutFileView = z
  .object({
    id: Id,
    messageId: z.string().describe('By which the bank knows it.'),
    payouts: z.int(),
    amount: Amount,
    createdAt: Timestamp,
    cancelledAt: Timestamp.nullable(),
  })
  .meta({ id: 'PayoutFile' });
export type PayoutFileView = z.infer<typeof PayoutFileView>;

export const PayoutConsole = z
  .object({
    /** Whether bank files can be made here: there is an account to pay from, and a key that seals payout details. */
    bankFiles: z.boolean(),
    counts: z.partialRecord(z.enum(PAYOUT_STATUSES), z.int()),
    waiting: z.boolean().describe('Payouts wait for a bank file.'),
    files: z.array(PayoutFileView),
  })
  .meta({ id: 'PayoutConsole' });
export type PayoutConsole = z.infer<typeof PayoutConsole>;

export const BankFileInput = z.object({ id: Id, ...OwnerProof.shape }).meta({ id: 'BankFileInput' });
export type BankFileInput = z.infer<typeof BankFileInput>;

export const SettlePayoutInput = z
  .object({
    id: Id,
    outcome: z.enum(['paid', 'failed', 'returned'], { error: 'Choose paid, failed or returned.' }),
    reason: text({ name: 'The reason', max: 500 }).optional(),
  })
  .meta({ id: 'SettlePayoutInput' });
export type SettlePayoutInput = z.infer<typeof SettlePayoutInput>;

/** What the provider says of a payout. */
export const LookUpPayoutView = z
  .object({
    status: z.enum(PAYOUT_STATUSES).describe('Of the payout, as it is now.'),
    outcome: z
      .enum(['done', 'refused', 'not-yet', 'not-found', 'never-sent'])
      .nullable()
      .describe('Of the call that had none; null where each had one. Never sent: it is sent again.'),
  })
  .meta({ id: 'LookUpPayout' });
export type LookUpPayoutView = z.infer<typeof LookUpPayoutView>;

export const HoldPayoutsInput = z
  .object({ sellerId: Id, reason: text({ name: 'The reason', min: 1, max: 500 }).describe('The seller reads it.') })
  .meta({ id: 'HoldPayoutsInput' });
export type HoldPayoutsInput = z.infer<typeof HoldPayoutsInput>;

export const WriteOffInput = z
  .object({ sellerId: Id, currency: Currency, amount: PriceText, reason: text({ name: 'The reason', min: 1, max: 500 }) })
  .refine(({ amount, currency }) => fitsCurrency(amount, currency), {
    path: ['amount'],
    error: 'This has more decimals than the currency.',
  })
  .meta({ id: 'WriteOffInput' });
export type WriteOffInput = z.infer<typeof WriteOffInput>;

/** What a bank statement changed. */
export const StatementResult = z
  .object({
    entries: z.int().describe('Booked transfers in the file.'),
    paid: z.int(),
    returned: z.int(),
    unresolved: z.int().describe('The amount is another one: a person has to find out.'),
    unchanged: z.int().describe('Known already.'),
    conflict: z.int().describe('The bank paid what is back in the balance.'),
    foreign: z.int().describe('Not about payouts.'),
    named: z.array(z.object({ payoutId: Id, reference: z.string(), outcome: z.string() })),
  })
  .meta({ id: 'StatementResult' });
export type StatementResult = z.infer<typeof StatementResult>;
