export * from './link-wallet.ts';
export * from './ports.ts';
export { requestWalletNonce } from './request-nonce.ts';
export { MAX_WALLETS } from './rules.ts';
export * from './sign-in-with-wallet.ts';
