export { getOrderGroup, placeCheckout } from './place-checkout.ts';
export { getQuote } from './quote.ts';
