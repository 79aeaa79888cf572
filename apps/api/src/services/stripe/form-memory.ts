import type { PaymentFormState } from '@assay/core';

/** So long a form that is loaded again shows what Stripe said before. */
const KEPT_MS = 5000;
const KEPT_MAX = 1000;

/**
 * How far payments were a moment ago, in this process: loading a form again and again asks Stripe once in five seconds. What is read of a
 * payment otherwise, because the page checks or cancels it, takes the place of that.
 */
export function formMemory(now: () => number = () => performance.now()) {
  const kept = new Map<string, { until: number; state: Promise<PaymentFormState> }>();
  const keep = (reference: string, state: Promise<PaymentFormState>): Promise<PaymentFormState> => {
    kept.delete(reference); // the oldest stands first
    kept.set(reference, { until: now() + KEPT_MS, state });
    for (const [oldest, { until }] of kept) {
      if (until > now() && kept.size <= KEPT_MAX) break;
      kept.delete(oldest);
    }
    return state;
  };
  return {
    /** What is known of a payment, or what `ask` answers. A failure is not kept. */
    open(reference: string, ask: () => Promise<PaymentFormState>): Promise<PaymentFormState> {
      const known = kept.get(reference);
      if (known && known.until > now()) return known.state;
      const state = ask();
      state.catch(() => {
        if (kept.get(reference)?.state === state) kept.delete(reference);
      });
      return keep(reference, state);
    },
    /** Another call has changed the payment, or read it. */
    forget: (reference: string): void => void kept.delete(reference),
  };
}
