import { CURRENCIES, fitsCurrency, minorOf, parsePriceE8, PAYOUT_INTERVALS, PRICE } from '@assay/contract';
import type { PayoutPolicy } from '@assay/core';
import { z } from 'zod';
import { bankAccounts } from './services/payouts/bank-accounts.ts';
import { stripeUnitOf } from './services/stripe/amounts.ts';
import { whole } from './variable-kinds.ts';

const DAY_MS = 24 * 60 * 60_000;
const MINIMUM = /^[A-Z]{3,4}=\S+([\s,]+[A-Z]{3,4}=\S+)*$/;

/** What the operator decides about payouts. */
export const payoutVariables = {
  PAYOUT_SCHEDULE: z.enum(PAYOUT_INTERVALS, { error: `is ${PAYOUT_INTERVALS.join(', ')}` }).default('weekly'),
  PAYOUT_MINIMUM: z.string().regex(MINIMUM, 'is an amount for each currency, such as EUR=5, USD=5').optional(),
  PAYOUT_RESERVE_PERCENT: z
    .string()
    .regex(/^(\d{1,2}(\.\d{1,2})?|100)$/, 'is a percentage from 0 to 100')
    .default('0'),
  PAYOUT_HOLD_DAYS: whole(30, 0, 365),
  PAYOUT_BANK_HOLDER: z.string().min(1).max(140).optional(),
  PAYOUT_BANK_IBAN: z.string().optional(),
  PAYOUT_BANK_BIC: z.string().optional(),
};
type PayoutEnvironment = z.output<z.ZodObject<typeof payoutVariables>>;

const minimumsOf = (text = '') =>
  text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((pair) => pair.split('=') as [currency: string, amount: string]);

/** What no variable says alone. */
export function payoutProblems(env: PayoutEnvironment): string[] {
  const { PAYOUT_BANK_HOLDER: holder, PAYOUT_BANK_IBAN: iban, PAYOUT_BANK_BIC: bic } = env;
  const problems: string[] = [];
  for (const [currency, amount] of minimumsOf(env.PAYOUT_MINIMUM))
    if (!Object.hasOwn(CURRENCIES, currency) || !PRICE.test(amount) || !fitsCurrency(amount, currency))
      problems.push(`PAYOUT_MINIMUM has ${currency}=${amount}, which is no amount of a currency`);
  if ((holder === undefined) !== (iban === undefined))
    problems.push(`${holder === undefined ? 'PAYOUT_BANK_HOLDER' : 'PAYOUT_BANK_IBAN'} is missing: a bank file needs both`);
  if (iban !== undefined && !bankAccounts.iban(iban)) problems.push('PAYOUT_BANK_IBAN is not an IBAN that a bank gives out');
  if (bic !== undefined && !bankAccounts.bic(bic)) problems.push('PAYOUT_BANK_BIC is not a BIC: 8 or 11 letters and digits');
  return problems;
}

export function payoutPolicyOf(
  env: PayoutEnvironment & { PAYOUT_PROVIDER?: 'stripe' | undefined },
  { production }: { production: boolean },
): PayoutPolicy {
  const minimums = new Map(minimumsOf(env.PAYOUT_MINIMUM).map(([currency, amount]) => [currency, minorOf(parsePriceE8(amount), currency)]));
  const { PAYOUT_BANK_HOLDER: holder, PAYOUT_BANK_IBAN: iban, PAYOUT_BANK_BIC: bic } = env;
  return {
    schedule: env.PAYOUT_SCHEDULE,
    minimums,
    reserveBps: Math.round(Number(env.PAYOUT_RESERVE_PERCENT) * 100),
    holdMs: env.PAYOUT_HOLD_DAYS * DAY_MS,
    account: holder && iban ? { holder, iban: bankAccounts.iban(iban) ?? '', bic: bic ? bankAccounts.bic(bic) : null } : null,
    unitOf: env.PAYOUT_PROVIDER === 'stripe' ? stripeUnitOf : null,
    sendsTestMoney: !production,
  };
}
