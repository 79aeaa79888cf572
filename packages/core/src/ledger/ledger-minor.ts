import { e8OfMinor, proportion } from '@assay/contract';

/** An amount of 1/100,000,000 in minor units. Prices of early releases may have more decimals than their currency: they are rounded. */
export const ledgerMinorOf = (amountE8: bigint, currency: string): bigint => proportion(amountE8, 1n, e8OfMinor(1n, currency));
