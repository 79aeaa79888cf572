import { type BulkChange, type BulkEditInput, type BulkEditResult, type BulkItem, type Currency } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { editIn, requireSoundEdit } from './edit-listing.ts';
import { transitionIn, requireMove } from './transition-listing.ts';
import type { ListingContent, ListingRow } from './ports.ts';
import { changedPrice } from './price-change.ts';
import { LISTING_MOVES } from './rules.ts';
import { formatStoredPrice } from './views.ts';

/** Listings that one transaction changes: it holds them until its end. */
const CHUNK = 25;

/** What a change means for one listing: what to write, and how that looks to people. Null where it is so already. */
interface Plan {
  content: Partial<ListingContent>;
  before: string;
  after: string;
}

const priced = (row: Pick<ListingRow, 'priceE8' | 'currency'>) => `${formatStoredPrice(row)} ${row.currency}`;
const escrow = (on: boolean) => (on ? 'payment held until it arrives' : 'payment not held');
const shipping = (info: ListingRow['shippingInfo'], currency: string) =>
  info ? `from ${info.shipsFrom}, ${info.price === 'free' ? 'free' : `${info.price} ${currency}`}` : 'nothing said';

function planPrice(row: ListingRow, change: Extract<BulkChange, { kind: 'price-percent' | 'price-amount' }>): Plan | null {
  if (change.kind === 'price-amount' && change.currency !== row.currency) return null;
  if (row.priceE8 === 0n) return null;
  const priceE8 = changedPrice(row.priceE8, row.currency as Currency, change);
  if (priceE8 === null) throw new AppError('VALIDATION_FAILED', { message: 'It would have no price that can be.' });
  return priceE8 === row.priceE8 ? null : { content: { priceE8 }, before: priced(row), after: priced({ ...row, priceE8 }) };
}

/** @throws AppError VALIDATION_FAILED where the price could not be one */
function planEdit(row: ListingRow, change: Exclude<BulkChange, { kind: 'move' }>, categoryName: string): Plan | null {
  switch (change.kind) {
    case 'price-percent':
    case 'price-amount':
      return planPrice(row, change);
    case 'category': {
      const { category } = change;
      return category === row.category ? null : { content: { category }, before: row.categoryName, after: categoryName };
    }
    case 'quantity': {
      const { quantity } = change;
      return quantity === row.quantity ? null : { content: { quantity }, before: String(row.quantity), after: String(quantity) };
    }
    case 'escrow': {
      const { escrowEnabled } = change;
      if (escrowEnabled === row.escrowEnabled) return null;
      return { content: { escrowEnabled }, before: escrow(row.escrowEnabled), after: escrow(escrowEnabled) };
    }
    case 'shipping': {
      const { shippingInfo } = change;
      if (JSON.stringify(shippingInfo) === JSON.stringify(row.shippingInfo)) return null;
      return { content: { shippingInfo }, before: shipping(row.shippingInfo, row.currency), after: shipping(shippingInfo, row.currency) };
    }
  }
}

/** Changes one listing; without a change, says what would change. @throws AppError why it is not changed */
async function changeOne(
  repos: Repositories,
  tx: Tx | null,
  row: ListingRow,
  input: BulkEditInput,
  categoryName: string,
): Promise<BulkItem> {
  const { change } = input;
  const item = { id: row.id, title: row.title, error: null };
  if (change.kind === 'move') {
    await (tx ? transitionIn(tx, row, change.move) : requireMove(repos, row, change.move));
    return { ...item, outcome: 'changed', before: row.status, after: LISTING_MOVES[change.move].to };
  }
  const plan = planEdit(row, change, categoryName);
  if (!plan) return { ...item, outcome: 'unchanged', before: null, after: null };
  await (tx ? editIn(tx, row, plan.content) : requireSoundEdit(repos, row, plan.content));
  return { ...item, outcome: 'changed', before: plan.before, after: plan.after };
}

/** What came of one of the ids. Refusals come before anything is written, so the others go on in the same transaction. */
async function tryOne(
  repos: Repositories,
  tx: Tx | null,
  row: ListingRow | undefined,
  id: number,
  input: BulkEditInput,
  name: string,
): Promise<BulkItem> {
  try {
    if (!row) throw new AppError('LISTING_NOT_FOUND');
    return await changeOne(repos, tx, row, input, name);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = error.fields[0]?.message ?? error.message;
    return { id, title: row?.title ?? null, outcome: 'refused', error: { code: error.code, message }, before: null, after: null };
  }
}

async function changeChunk(repos: Repositories, tx: Tx | null, sellerId: number, ids: number[], input: BulkEditInput): Promise<BulkItem[]> {
  const rows = new Map((await repos.listings.findOwn(sellerId, ids)).map((row) => [row.id, row]));
  const [category] = input.change.kind === 'category' ? await repos.categories.find([input.change.category]) : [];
  const items = [];
  for (const id of ids) items.push(await tryOne(repos, tx, rows.get(id), id, input, category?.name ?? ''));
  return items;
}

/**
 * Changes many listings of mine, or says what would change. Each is changed or refused by itself; those of one chunk in one
 * transaction. Other people's are refused as if they were not there. @throws AppError UNAUTHENTICATED
 */
export async function bulkEditListings(ctx: Context, input: BulkEditInput): Promise<BulkEditResult> {
  const actor = requireUser(ctx.actor);
  const { preview } = input;
  const ids = input.ids.toSorted((a, b) => a - b); // requests for the same listings lock them in the same order
  const done = new Map<number, BulkItem>();
  for (let i = 0; i < ids.length; i += CHUNK) {
    const chunk = ids.slice(i, i + CHUNK);
    const items = preview
      ? await changeChunk(ctx.repos, null, actor.id, chunk, input)
      : await ctx.change((tx) => changeChunk(tx.repos, tx, actor.id, chunk, input));
    for (const item of items) done.set(item.id, item);
  }
  const items = input.ids.map((id) => done.get(id)!);
  const count = (outcome: BulkItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return { items, changed: count('changed'), unchanged: count('unchanged'), refused: count('refused'), preview };
}
