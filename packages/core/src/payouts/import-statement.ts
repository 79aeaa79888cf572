import type { StatementResult } from '@assay/contract';
import type { Context, Tx } from '../kernel/context.ts';
import { isOwn } from '../kernel/own-case.ts';
import { inTurns } from '../kernel/turns.ts';
import type { PayoutRow, StatementEntry } from './ports.ts';
import { canBecome, requireAdmin, settlePayout } from './settle-payout.ts';
import { moneyText } from './views.ts';

const CHUNK = 500;
/** Entries that the answer names one by one. */
const NAMED_MAX = 100;

type Outcome = 'paid' | 'returned' | 'unresolved' | 'unchanged' | 'conflict';

/**
 * Applies what a bank statement says of our transfers: paid, or returned. The same statement again changes nothing, and one that comes
 * late does not undo a newer one. Where amounts differ a person has to find out: the payout is unresolved.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, VALIDATION_FAILED (it is no statement)
 */
export async function importBankStatement(ctx: Context, file: Uint8Array): Promise<StatementResult> {
  requireAdmin(ctx);
  const entries = (await ctx.pure.bankFiles.readStatement(file)).toSorted((a, b) => rank(a) - rank(b));
  const result: StatementResult = {
    entries: entries.length,
    paid: 0,
    returned: 0,
    unresolved: 0,
    unchanged: 0,
    conflict: 0,
    foreign: 0,
    named: [],
  };
  const giveWay = inTurns();
  for (let from = 0; from < entries.length; from += CHUNK) {
    const chunk = entries.slice(from, from + CHUNK);
    const rows = await ctx.repos.payouts.findByReferences(chunk.map(({ endToEndId }) => endToEndId));
    const byReference = new Map(rows.map((row) => [row.reference, row]));
    for (const entry of chunk) {
      const found = byReference.get(entry.endToEndId);
      if (!found) result.foreign++;
      else note(result, found, await ctx.change((tx) => applyEntry(tx, found.id, entry)));
      await giveWay();
    }
  }
  await ctx.change((tx) => tx.audit('payouts.statement-imported', 'payout', 'statement', { ...result, named: result.named.length }));
  return result;
}

/** What was paid comes before what came back. */
const rank = ({ kind }: StatementEntry): number => (kind === 'paid' ? 0 : 1);

async function applyEntry(tx: Tx, id: number, entry: StatementEntry): Promise<Outcome> {
  const row = await tx.repos.payouts.find(id);
  if (!row) throw new Error(`The payout ${id} that was just there is gone.`);
  if (isOwn(tx.actor, row.sellerId)) return 'conflict';
  const { kind, reason } = entry;
  if (row.status === 'failed' && kind === 'paid') return 'conflict';
  if (!canBecome(row.status, kind)) return 'unchanged';
  const differs = difference(row, entry);
  if (differs === null) await settlePayout(tx, row, kind, reason);
  else if (canBecome(row.status, 'unresolved')) await settlePayout(tx, row, 'unresolved', differs);
  else return 'conflict';
  return differs === null ? kind : 'unresolved';
}

/** Null where the statement says the amount of the payout, or none for this transfer alone. What comes back has its amount. */
function difference({ amountMinor, currency }: PayoutRow, said: StatementEntry): string | null {
  if (said.amount === null && said.kind === 'returned') return 'The bank says no amount for what came back.';
  if (said.amount === null || (said.amount === amountMinor && said.currency === currency)) return null;
  return `The bank says ${moneyText(said.amount, said.currency)} ${said.currency}, ${said.kind}.`;
}

function note(result: StatementResult, { id, reference }: PayoutRow, outcome: Outcome): void {
  result[outcome]++;
  if (outcome !== 'paid' && outcome !== 'unchanged' && result.named.length < NAMED_MAX)
    result.named.push({ payoutId: id, reference, outcome });
}
