import type { BankAccounts } from '@assay/core';
import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';

export const bankAccounts: BankAccounts = {
  iban(text) {
    const iban = electronicFormatIBAN(text);
    return iban && isValidIBAN(iban) ? iban : null;
  },
  bic(text) {
    const bic = text.replace(/\s/g, '').toUpperCase();
    return isValidBIC(bic) ? bic : null;
  },
};
