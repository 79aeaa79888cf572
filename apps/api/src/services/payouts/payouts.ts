import type { BankFiles, PayoutServices } from '@assay/core';
import { sealWith } from '../seal.ts';
import { bankAccounts } from './bank-accounts.ts';
import { creditTransfers } from './credit-transfers.ts';
import { readStatement } from './read-statement.ts';

/** @param keys of 32 bytes: the first seals, the others are still read; none where the operator has set none */
export const openPayouts = (keys: readonly Buffer[]): PayoutServices => ({ seal: sealWith(keys, 'payout-details'), banks: bankAccounts });

export const bankFiles: BankFiles = { creditTransfers, readStatement };
