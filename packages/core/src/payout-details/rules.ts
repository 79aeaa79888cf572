import { shortAddress } from '@assay/contract';
import type { PayoutDestination } from './ports.ts';

/** Payout details, masked: "DE89 •••• 3000", "0x7a3F…c41E". @param checksum writes a wallet's address with its checksum */
export function maskOf(destination: PayoutDestination, checksum: (address: string) => string): string {
  if (destination.method === 'crypto') return shortAddress(checksum(destination.wallet));
  return `${destination.iban.slice(0, 4)} •••• ${destination.iban.slice(-4)}`;
}
