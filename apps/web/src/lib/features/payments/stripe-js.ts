/** Stripe's script, which has to come from Stripe itself. Only the page with the form loads it: the policy of others refuses it. */
const SOURCE = 'https://js.stripe.com/v3/';

interface Failed {
  error?: { message?: string };
}
export interface StripeElements {
  create(type: 'payment'): { mount(place: HTMLElement): void };
}
/** The part of Stripe.js that the page uses. */
export interface StripeJs {
  elements(options: { clientSecret: string }): StripeElements;
  confirmPayment(options: { elements: StripeElements; confirmParams: { return_url: string }; redirect: 'if_required' }): Promise<Failed>;
  handleNextAction(options: { clientSecret: string }): Promise<Failed>;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => StripeJs;
  }
}

/** Loads Stripe.js. @throws Error where it does not come */
export async function loadStripe(publishableKey: string): Promise<StripeJs> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SOURCE;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error('Stripe.js did not load.')));
    document.head.append(script);
  });
  if (!window.Stripe) throw new Error('Stripe.js did not start.');
  return window.Stripe(publishableKey);
}
