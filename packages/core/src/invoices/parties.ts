import { shownName } from '@assay/contract';
import type { Operator } from '../fees/rules.ts';
import type { Reads } from '../kernel/context.ts';
import type { InvoiceParty } from './ports.ts';

const countries = new Intl.DisplayNames('en', { type: 'region' });

const partyOf = ({ name, address, country, vatNumber }: Omit<Operator, 'vatAbroad'>): InvoiceParty => ({
  name,
  address: `${address}\n${countries.of(country) ?? country}`,
  vatNumber,
});

/** A seller on documents: who they say they are on invoices, else the name of their account alone. */
export async function sellerParty(
  { repos }: Reads,
  { sellerId, sellerName }: { sellerId: number; sellerName: string },
): Promise<InvoiceParty> {
  const details = await repos.fees.taxDetails(sellerId);
  return details ? partyOf(details) : { name: shownName(sellerName), address: '', vatNumber: null };
}

/** The marketplace on documents: its operator, or its address where the site does not name one (it charges no commission then). */
export const operatorParty = ({ settings: { operator, publicUrl } }: Reads): InvoiceParty =>
  operator ? partyOf(operator) : { name: new URL(publicUrl).host, address: '', vatNumber: null };
