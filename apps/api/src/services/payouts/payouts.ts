import type { BankAccounts, BankFiles, PayoutServices } from '@assay/core';
import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { sealWith } from '../seal.ts';
import { creditTransfers } from './credit-transfers.ts';
import { readStatement } from './read-statement.ts';

const banks: BankAccounts = {
  iban(text) {
    const iban = electronicFormatIBAN(text);
    return iban && isValidIBAN(iban) ? iban : null;
  },
  bic(text) {
    const bic = text.replace(/\s/g, '').toUpperCase();
    return isValidBIC(bic) ? bic : null;
  },
};

/** @param keys of 32 bytes: the first seals, the others are still read; none where the operator has set none */
export const openPayouts = (keys: readonly Buffer[]): PayoutServices => ({ seal: sealWith(keys, 'payout-details'), banks });

export const bankFiles: BankFiles = { creditTransfers, readStatement };
