import {
  e8OfMinor,
  fitsCurrency,
  formatPriceE8,
  minorOf,
  parsePriceE8,
  shownName,
  type AddCommissionRuleInput,
  type CommissionRulePage,
  type CommissionRuleView,
  type EndCommissionRuleInput,
  type FieldError,
  type ListCommissionRules,
} from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotOwn } from '../kernel/own-case.ts';
import { Raced } from '../kernel/raced.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import type { ListedRuleRow, NewCommissionRule } from './ports.ts';

function toRuleView(row: ListedRuleRow, now: Date): CommissionRuleView {
  const amount = (minor: bigint) => (row.currency === null ? null : formatPriceE8(e8OfMinor(minor, row.currency), row.currency));
  return {
    id: row.id,
    category: row.categoryPath,
    sellerId: row.sellerId,
    sellerName: row.sellerName === null ? null : shownName(row.sellerName),
    tier: row.tier,
    basisPoints: row.basisPoints,
    fixed: amount(row.fixedMinor),
    minimum: amount(row.minimumMinor),
    currency: row.currency,
    validFrom: row.validFrom.toISOString(),
    validUntil: row.validUntil?.toISOString() ?? null,
    state: row.validFrom > now ? 'upcoming' : row.validUntil === null || row.validUntil > now ? 'active' : 'ended',
    orders: row.orders,
  };
}

/** Rules for commission, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function listCommissionRules(ctx: Context, { ended, limit, cursor }: ListCommissionRules): Promise<CommissionRulePage> {
  requireRole(ctx.actor, 'admin');
  const kind = ended ? 'commission-ended' : 'commission';
  const before = cursor ? decodeCursor(cursor, kind, ['number'])[0] : undefined;
  const now = ctx.now();
  const rows = await ctx.repos.fees.listRules({ ended, at: now, limit: limit + 1, before });
  return toPage(
    rows,
    limit,
    (row) => toRuleView(row, now),
    ({ id }) => encodeCursor(kind, [id]),
  );
}

/**
 * Adds a rule. Orders that are placed already keep what they were charged.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, OWN_CASE, OPERATOR_UNKNOWN, CATEGORY_NOT_FOUND, SELLER_NOT_FOUND, STORE_GONE, VALIDATION_FAILED
 */
export async function addCommissionRule(ctx: Context, input: AddCommissionRuleInput): Promise<CommissionRuleView> {
  const { id: createdBy } = requireRole(ctx.actor, 'admin');
  if (input.sellerId !== null) requireNotOwn(ctx.actor, input.sellerId);
  if (!ctx.settings.operator) throw new AppError('OPERATOR_UNKNOWN');
  const amounts = amountsOf(input);
  return ctx.change(async (tx) => {
    const { category: categoryPath, sellerId, tier, basisPoints, currency } = input;
    const validFrom = input.from === undefined ? tx.at : new Date(input.from);
    if (validFrom < tx.at) throw refused({ field: 'from', message: 'A rule begins now or later: orders keep what they were charged.' });
    if (categoryPath !== null && (await tx.repos.categories.find([categoryPath])).length === 0) throw new AppError('CATEGORY_NOT_FOUND');
    if (sellerId !== null) await requireSeller(tx.repos, sellerId);
    const rule: NewCommissionRule = {
      categoryPath,
      sellerId,
      tier,
      basisPoints,
      currency,
      ...amounts,
      validFrom,
      validUntil: null,
      createdBy,
    };
    const id = await tx.repos.fees.addRule(rule, tx.at);
    const { fixedMinor, minimumMinor, createdBy: _author, ...said } = rule;
    await tx.audit('commission-rule.added', 'commission-rule', id, {
      ...said,
      fixedMinor: String(fixedMinor),
      minimumMinor: String(minimumMinor),
    });
    await tx.publish('commission-rule.changed', { ruleId: id });
    return toRuleView(await requireRule(tx, id), tx.at);
  });
}

/**
 * Ends a rule, now or later. One that has not begun is taken back: nothing was charged by it.
 * @returns null where it was taken back
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, COMMISSION_RULE_NOT_FOUND (or ended already), VALIDATION_FAILED, EDIT_CONFLICT
 */
export async function endCommissionRule(ctx: Context, { id, at }: EndCommissionRuleInput): Promise<{ rule: CommissionRuleView | null }> {
  requireRole(ctx.actor, 'admin');
  return ctx.change(async (tx) => {
    const rule = await requireRule(tx, id);
    if (rule.validUntil !== null && rule.validUntil <= tx.at) throw new AppError('COMMISSION_RULE_NOT_FOUND');
    const end = at === undefined ? tx.at : new Date(at);
    if (end < tx.at) throw refused({ field: 'at', message: 'A rule ends now or later: orders keep what they were charged.' });
    const takenBack = rule.validFrom >= end;
    if (!(await (takenBack ? tx.repos.fees.removeRule(id) : tx.repos.fees.endRule(id, rule.validUntil, end)))) throw new Raced();
    await tx.audit(takenBack ? 'commission-rule.removed' : 'commission-rule.ended', 'commission-rule', id, { at: end.toISOString() });
    await tx.publish('commission-rule.changed', { ruleId: id });
    return { rule: takenBack ? null : toRuleView(await requireRule(tx, id), tx.at) };
  });
}

async function requireRule(tx: Tx, id: number): Promise<ListedRuleRow> {
  const rule = await tx.repos.fees.findRule(id);
  if (!rule) throw new AppError('COMMISSION_RULE_NOT_FOUND');
  return rule;
}

const refused = (...fields: FieldError[]) => new AppError('VALIDATION_FAILED', { fields });

/** Amounts of a rule in minor units. @throws AppError VALIDATION_FAILED */
function amountsOf({ fixed, minimum, currency }: AddCommissionRuleInput): { fixedMinor: bigint; minimumMinor: bigint } {
  const [fixedE8, minimumE8] = [parsePriceE8(fixed), parsePriceE8(minimum)];
  if (currency === null) {
    if (fixedE8 + minimumE8 > 0n) throw refused({ field: 'currency', message: 'Choose the currency of the amounts.' });
    return { fixedMinor: 0n, minimumMinor: 0n };
  }
  const tooFine = Object.entries({ fixed, minimum }).filter(([, amount]) => !fitsCurrency(amount, currency));
  if (tooFine.length > 0)
    throw refused(...tooFine.map(([field]) => ({ field, message: 'The amount has more decimals than the currency.' })));
  return { fixedMinor: minorOf(fixedE8, currency), minimumMinor: minorOf(minimumE8, currency) };
}
