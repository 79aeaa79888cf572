export { capturePayment, captureKey } from './capture-payment.ts';
export * from './ports.ts';
export { refundPayment, refundKey } from './refund-payment.ts';
