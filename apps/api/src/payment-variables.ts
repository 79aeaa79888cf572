import { z } from 'zod';
import type { StripeSettings } from './services/stripe/stripe-payments.ts';

const keyOf = (pattern: RegExp, example: string) =>
  z.string().regex(pattern, `begins with ${example}: see the API keys in Stripe’s dashboard`);

/** Which provider takes payments: docs/stripe.md explains Stripe's keys. */
export const paymentVariables = {
  PAYMENT_PROVIDER: z.enum(['test', 'stripe'], { error: 'is the name of a payment provider: test or stripe' }).optional(),
  STRIPE_SECRET_KEY: keyOf(/^(sk|rk)_\w{4,}$/, 'sk_ or rk_').optional(),
  STRIPE_PUBLISHABLE_KEY: keyOf(/^pk_\w{4,}$/, 'pk_').optional(),
  STRIPE_WEBHOOK_SECRET: keyOf(/^whsec_\S{4,}$/, 'whsec_').optional(),
  STRIPE_CONNECT_WEBHOOK_SECRET: keyOf(/^whsec_\S{4,}$/, 'whsec_').optional(),
  PAYOUT_PROVIDER: z.enum(['stripe'], { error: 'is the name of a payout provider: stripe' }).optional(),
  CHARGEBACK_FEE_PAID_BY: z.enum(['marketplace', 'seller'], { error: 'is marketplace or seller' }).default('marketplace'),
};
type PaymentEnvironment = z.output<z.ZodObject<typeof paymentVariables>>;

const STRIPE = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;
/** "test" of "sk_test_123", "live" of "pk_live_123". */
const modeOf = (key = ''): string | undefined => /^[a-z]+_(test|live)_/.exec(key)?.[1];

/** What no variable says alone. */
export function paymentProblems(env: Partial<Record<keyof PaymentEnvironment, string | undefined>>): string[] {
  if (env.PAYMENT_PROVIDER !== 'stripe')
    return env.PAYOUT_PROVIDER === 'stripe' ? ['PAYOUT_PROVIDER=stripe needs PAYMENT_PROVIDER=stripe: the money is there'] : [];
  const problems = STRIPE.filter((name) => !env[name]).map(
    (name) => `${name} is missing: PAYMENT_PROVIDER=stripe needs all of ${STRIPE.join(', ')}`,
  );
  const [secret, publishable] = [modeOf(env.STRIPE_SECRET_KEY), modeOf(env.STRIPE_PUBLISHABLE_KEY)];
  if (secret && publishable && secret !== publishable)
    problems.push(`STRIPE_PUBLISHABLE_KEY is of ${publishable} mode, and STRIPE_SECRET_KEY of ${secret} mode`);
  return problems;
}

/** Stripe's keys; null where another provider takes payments. */
export function stripeOf(env: PaymentEnvironment): StripeSettings | null {
  const { PAYMENT_PROVIDER: provider, STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = env;
  const { STRIPE_WEBHOOK_SECRET: webhookSecret } = env;
  if (provider !== 'stripe' || !secretKey || !publishableKey || !webhookSecret) return null;
  const payouts = { webhookSecret: env.STRIPE_CONNECT_WEBHOOK_SECRET ?? null };
  return { secretKey, publishableKey, webhookSecret, ...(env.PAYOUT_PROVIDER === 'stripe' ? { payouts } : {}) };
}
