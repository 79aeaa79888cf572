import type { InvoiceParty } from '@assay/core';

/** A day as documents say it: "29 November 2026". */
export const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export const partyLines = ({ name, address, vatNumber }: InvoiceParty): string[] => [
  name,
  ...address.split('\n').filter(Boolean),
  ...(vatNumber ? [`VAT number ${vatNumber}`] : []),
];
