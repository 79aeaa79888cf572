import type { ErrorCode } from '../errors.ts';
import { ACCOUNT_ERRORS } from './accounts.ts';
import type { ErrorEntry } from './entry.ts';
import { IMAGE_ERRORS } from './images.ts';
import { MARKET_ERRORS } from './market.ts';
import { ONBOARDING_ERRORS } from './onboarding.ts';
import { REQUEST_ERRORS } from './requests.ts';
import { STORE_ERRORS } from './stores.ts';
import { WALLET_ERRORS } from './wallets.ts';

export type { ErrorEntry } from './entry.ts';

/** The register of errors: for each code its cause, and what to do. It is at `/api/docs/errors` and in `docs/errors.md`. */
export const ERROR_REGISTER: Record<ErrorCode, ErrorEntry> = {
  ...REQUEST_ERRORS,
  ...ACCOUNT_ERRORS,
  ...WALLET_ERRORS,
  ...MARKET_ERRORS,
  ...IMAGE_ERRORS,
  ...STORE_ERRORS,
  ...ONBOARDING_ERRORS,
};
