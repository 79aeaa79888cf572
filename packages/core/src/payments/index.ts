export { beginCharge } from './begin-charge.ts';
export { beginRefund } from './begin-refund.ts';
export { cancelPayment, checkPayment, getPaymentForm } from './payment-form.ts';
export * from './ports.ts';
export { dismissEvent, listParkedEvents, retryEvent } from './parked-events.ts';
export { pullProviderEvents, receiveProviderEvent } from './provider-events.ts';
export { refundOrder } from './refund-order.ts';
export { sendRefund } from './send-refund.ts';
export { listUnresolved, lookUpUnresolved, settleByHand } from './unresolved.ts';
