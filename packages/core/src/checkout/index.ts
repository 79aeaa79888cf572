export { getOrderGroup, payOrderGroup } from './order-group.ts';
export { placeCheckout } from './place-checkout.ts';
export { getQuote } from './quote.ts';
