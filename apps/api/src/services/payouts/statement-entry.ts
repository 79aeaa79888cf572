import { decimalOf, minorOf, parsePriceE8, PRICE } from '@assay/contract';
import type { StatementEntry } from '@assay/core';

/** What a statement says of a transfer, or of the entry that holds it, in its own words. */
export interface StatementFields {
  endToEndId?: string;
  amount?: { text: string; currency: string };
  direction?: string;
  reason?: string;
}

/** An entry (Ntry) as far as it was read. */
export interface EntryFields extends StatementFields {
  status?: string;
  isReversal?: boolean;
  transfers: StatementFields[];
}

/** Which field of an entry or transfer an element is, by its own name and those of its parents. */
const LEAVES: Record<string, (fields: EntryFields, text: string, currency: string) => void> = {
  'Ntry/Sts': (entry, text) => (entry.status ??= text), // up to version 02
  'Ntry/Sts/Cd': (entry, text) => (entry.status = text),
  'Ntry/RvslInd': (entry, text) => (entry.isReversal = text === 'true'),
  'Ntry/CdtDbtInd': (entry, text) => (entry.direction = text),
  'Ntry/Amt': (entry, text, currency) => (entry.amount = { text, currency }),
  'TxDtls/CdtDbtInd': (transfer, text) => (transfer.direction = text),
  'TxDtls/Amt': (transfer, text, currency) => (transfer.amount = { text, currency }),
  'TxDtls/AmtDtls/TxAmt/Amt': (transfer, text, currency) => (transfer.amount ??= { text, currency }),
  'TxDtls/Refs/EndToEndId': (transfer, text) => (transfer.endToEndId = text),
  'TxDtls/RtrInf/Rsn/Cd': (transfer, text) => (transfer.reason = text),
  'TxDtls/RtrInf/Rsn/Prtry': (transfer, text) => (transfer.reason ??= text),
};

/** Notes what an element says. @param path from the entry or the transfer down to the element */
export function noteLeaf(path: string, fields: StatementFields, text: string, currency: string): void {
  if (text) LEAVES[path]?.(fields as EntryFields, text, currency);
}

/** The booked transfers of an entry. A reversal of what came in, and transfers without an id, are not about payouts. */
export function* transfersOf({ transfers, ...entry }: EntryFields): Generator<StatementEntry> {
  if (entry.status !== 'BOOK') return;
  for (const { endToEndId, amount, direction = entry.direction, reason = null } of transfers) {
    if (!endToEndId || (direction === 'DBIT' && entry.isReversal)) continue;
    const said = amount ?? (transfers.length === 1 ? entry.amount : undefined);
    yield {
      endToEndId,
      amount: said ? minorUnitsOf(said) : null,
      currency: (said ?? entry.amount)?.currency ?? '',
      kind: direction === 'CRDT' ? 'returned' : 'paid',
      reason,
    };
  }
}

/** Null where it is no amount of the currency: it then fits no payout. */
function minorUnitsOf({ text, currency }: { text: string; currency: string }): bigint | null {
  const decimal = decimalOf(text);
  if (!PRICE.test(decimal)) return null;
  try {
    return minorOf(parsePriceE8(decimal), currency);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
