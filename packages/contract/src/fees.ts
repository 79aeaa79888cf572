import { z } from 'zod';
import { Cursor, Flag, Id, pageSize, Timestamp } from './common.ts';
import { CountryCode } from './listing-details.ts';
import { AmountText, Currency, PriceText } from './money.ts';
import { text } from './text.ts';
import { VAT_TREATMENTS } from './vat-rates.ts';

const BASIS_POINTS = 'A commission is 0 to 100 percent, with two decimals at most.';
const BasisPoints = z.int({ error: BASIS_POINTS }).min(0, BASIS_POINTS).max(10_000, BASIS_POINTS);
const Amount = z.string().describe('In `currency`, as exact decimal text.');

/** A rule for commission: what it names narrows it down. */
export const AddCommissionRuleInput = z
  .object({
    category: z.string().min(1).max(100).nullable().default(null).describe('Its path, with everything below it; null: every category.'),
    sellerId: Id.nullable().default(null).describe('Null: every seller.'),
    tier: text({ name: 'A tier', min: 1, max: 50 }).nullable().default(null).describe('Null: every tier.'),
    basisPoints: BasisPoints.describe('Hundredths of a percent: 650 is 6.5 %.'),
    fixed: AmountText.default('0').describe('Once for each order.'),
    minimum: AmountText.default('0').describe('The least that an order is charged.'),
    currency: Currency.nullable()
      .default(null)
      .describe('Of the amounts: the rule charges sales in it alone. Null where it has no amounts.'),
    from: Timestamp.optional().describe('When it begins; at once where it is missing.'),
  })
  .meta({ id: 'AddCommissionRuleInput', example: { basisPoints: 650 } });
export type AddCommissionRuleInput = z.infer<typeof AddCommissionRuleInput>;

export const EndCommissionRuleInput = z
  .object({ id: Id, at: Timestamp.optional().describe('At once where it is missing.') })
  .meta({ id: 'EndCommissionRuleInput', example: { id: 1 } });
export type EndCommissionRuleInput = z.infer<typeof EndCommissionRuleInput>;

export const CommissionRuleView = z
  .object({
    id: z.int(),
    category: z.string().nullable(),
    sellerId: z.int().nullable(),
    sellerName: z.string().nullable(),
    tier: z.string().nullable(),
    basisPoints: z.int(),
    fixed: Amount.nullable(),
    minimum: Amount.nullable(),
    currency: z.string().nullable(),
    validFrom: Timestamp,
    validUntil: Timestamp.nullable(),
    state: z.enum(['upcoming', 'active', 'ended']),
    orders: z.int().describe('How many orders it has charged.'),
  })
  .meta({ id: 'CommissionRule' });
export type CommissionRuleView = z.infer<typeof CommissionRuleView>;

export const ListCommissionRules = z.object({
  ended: Flag.default(false).describe('Those that have ended, instead of those that hold or will.'),
  limit: pageSize(50, 200),
  cursor: Cursor.optional(),
});
export type ListCommissionRules = z.infer<typeof ListCommissionRules>;
export const CommissionRulePage = z
  .object({ items: z.array(CommissionRuleView), nextCursor: z.string().nullable() })
  .meta({ id: 'CommissionRulePage' });
export type CommissionRulePage = z.infer<typeof CommissionRulePage>;

export const QuoteFeesQuery = z.object({
  sellerId: Id.optional().describe('For admins; others ask for themselves.'),
  category: z.string().min(1).max(100),
  price: PriceText,
  shipping: AmountText.default('0'),
  currency: Currency,
});
export type QuoteFeesQuery = z.infer<typeof QuoteFeesQuery>;

/** What a sale costs its seller. */
export const FeesView = z
  .object({
    currency: z.string(),
    total: Amount.describe('What the buyer pays: items and shipping.'),
    commission: Amount,
    vat: Amount.describe('On the commission.'),
    vatBasisPoints: z.int(),
    vatTreatment: z.enum(VAT_TREATMENTS),
    vatCountry: z.string().nullable().describe('Whose standard rate it is; null where no VAT is charged.'),
    receives: Amount.describe('What is left to the seller.'),
    lines: z.array(
      z.object({
        ruleId: z.int().nullable().describe('Null: no rule held, and the part is free.'),
        base: Amount,
        basisPoints: z.int(),
        fixed: Amount,
        minimum: Amount,
        commission: Amount,
      }),
    ),
  })
  .meta({ id: 'Fees' });
export type FeesView = z.infer<typeof FeesView>;

/** Who a seller is on invoices. */
export const TaxDetailsInput = z
  .object({
    name: text({ name: 'A name', min: 1, max: 140 }).describe('Of the business, or of the person.'),
    address: text({ name: 'An address', min: 1, max: 400, multiline: true }).describe('Its lines, without the country.'),
    country: CountryCode,
    vatNumber: text({ name: 'A VAT number', max: 30 }).nullable().default(null).describe('Null for private persons.'),
  })
  .meta({ id: 'TaxDetailsInput', example: { name: 'Ada Byron', address: '1 Mill Lane\nPorto', country: 'PT' } });
export type TaxDetailsInput = z.infer<typeof TaxDetailsInput>;

export const TaxDetailsView = z
  .object({
    details: z
      .object({ name: z.string(), address: z.string(), country: z.string(), vatNumber: z.string().nullable(), updatedAt: Timestamp })
      .nullable(),
  })
  .meta({ id: 'TaxDetails' });
export type TaxDetailsView = z.infer<typeof TaxDetailsView>;
