import type { PayoutCallKind, PayoutCallStatus } from '@assay/contract';
import type { Context, Tx } from '../kernel/context.ts';
import type { PayoutOrder, PayoutOutcome, PayoutProvider } from '../payout-accounts/ports.ts';
import { isKeyDead, unknownReason } from '../payments/provider-call.ts';
import type { PayoutCallRow, PayoutRow } from './ports.ts';

/** What is known after the provider was asked for a part of a payout; as `CallOutcome` of payments. */
export type PayoutCallOutcome = PayoutOutcome | { status: 'never-sent' } | { status: 'not-found' } | { status: 'unknown'; error: unknown };

/** Of a call that has no outcome yet. */
export const OPEN_CALL: ReadonlySet<PayoutCallStatus> = new Set(['pending', 'unresolved']);

/** A payout with a call of it, as the provider is asked for it. */
export interface OpenCall {
  payout: PayoutRow;
  call: PayoutCallRow;
  order: PayoutOrder;
}

/** The key of the task that sends what is open of a payout. @param round another text adds another task */
export const payoutTaskKey = (payoutId: number, round: string): string => `payout:${payoutId}:${round}`;

/** Adds a call for a payout, with a key of its own, and the task that sends it after the commit. Does nothing where it is there. */
export async function addCall(
  tx: Tx,
  payout: Pick<PayoutRow, 'id'>,
  kind: PayoutCallKind,
  { provider, account }: Pick<PayoutCallRow, 'provider' | 'account'>,
): Promise<void> {
  if (await tx.repos.payoutCalls.add({ payoutId: payout.id, kind, provider, account }, tx.at))
    await tx.enqueue('payout.send', { payoutId: payout.id }, { key: payoutTaskKey(payout.id, kind) });
}

/** The first call of a payout without an outcome; null where there is none, or where the payout has ended. */
export async function openCallOf({ repos }: Pick<Context, 'repos'>, payoutId: number): Promise<OpenCall | null> {
  const payout = await repos.payouts.find(payoutId);
  if (payout?.method !== 'stripe') return null;
  const calls = await repos.payoutCalls.listOf([payoutId]);
  const call = calls.find((one) => OPEN_CALL.has(one.status) && counts(payout, one));
  return call ? { payout, call, order: orderOf(payout, call, calls) } : null;
}

/** Whether a call still says something about its payout: one that was paid, by an admin's word perhaps, only comes back. */
export const counts = ({ status }: Pick<PayoutRow, 'status'>, { kind }: Pick<PayoutCallRow, 'kind'>): boolean =>
  status === 'pending' || status === 'unresolved' || (kind === 'reversal' && (status === 'sent' || status === 'paid'));

function orderOf({ id, amountMinor, currency }: PayoutRow, call: PayoutCallRow, calls: readonly PayoutCallRow[]): PayoutOrder {
  const { kind, account, keyedAt } = call;
  const transfer = calls.find((one) => one.kind === 'transfer')?.reference ?? null;
  return { kind, payoutId: id, account, amountMinor, currency, transfer, keyedAt };
}

/** What another provider was asked for is never asked of this one. @throws Error */
export function providerOf(ctx: Context, { provider }: Pick<PayoutCallRow, 'provider'>): PayoutProvider {
  const { name, payouts } = ctx.services.payments;
  if (!payouts || provider !== name) throw new Error(`Payouts through the provider "${provider}" are not configured.`);
  return payouts;
}

/** Sends a call, or sends it again with its key. Once the provider may have forgotten the key, it is looked up instead. */
export async function sendPayoutCall(ctx: Context, open: OpenCall): Promise<PayoutCallOutcome> {
  const { call, order, payout } = open;
  if (isKeyDead(ctx, call)) return lookUpPayoutCall(ctx, open);
  if (payout.isTest) throw new Error(`The payout ${payout.id} is test money, which no provider gets.`);
  try {
    return await providerOf(ctx, call).send(order, { idempotencyKey: call.key });
  } catch (error) {
    return { status: 'unknown', error };
  }
}

/** Asks the provider what became of a call, by the key in its metadata. */
export async function lookUpPayoutCall(ctx: Context, { call, order }: OpenCall): Promise<PayoutCallOutcome> {
  try {
    const found = await providerOf(ctx, call).lookUp(order, call.key);
    return found ?? { status: isKeyDead(ctx, call) ? 'never-sent' : 'not-found' };
  } catch (error) {
    return { status: 'unknown', error };
  }
}

/** Why a call has no outcome, or was refused. */
export function failureOf(outcome: PayoutCallOutcome): string | null {
  if (outcome.status === 'unknown') return unknownReason(outcome.error);
  return outcome.status === 'refused' || outcome.status === 'not-yet' ? outcome.reason : null;
}
