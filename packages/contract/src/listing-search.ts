import { z } from 'zod';
import { CategoryPath } from './categories.ts';
import { LISTING_SEARCH_SORTS } from './choices.ts';
import { Cursor, Flag, Id, pageSize } from './common.ts';
import { ListingView } from './listings.ts';
import { fitsCurrency, parsePriceE8 } from './amounts.ts';
import { AmountText, Currency } from './money.ts';
import { RatingSummary } from './ratings.ts';
import { text } from './text.ts';

/** Up to here matches are counted exactly; beyond it an answer says "more than". */
export const COUNTED_MATCHES_MAX = 1000;

const priced = ({
  priceMin,
  priceMax,
  sort,
}: {
  priceMin?: string | undefined;
  priceMax?: string | undefined;
  sort?: string | undefined;
}) => priceMin !== undefined || priceMax !== undefined || sort === 'price-asc' || sort === 'price-desc';

export const SearchListingsQuery = z
  .object({
    q: text({ name: 'A search', max: 100 })
      .optional()
      .describe('All words must be there, in the title, the description or an attribute; the last one may be a beginning.'),
    category: CategoryPath.optional().describe('With all that is below it.'),
    currency: Currency.optional(),
    priceMin: AmountText.optional().describe('In that currency: there are no exchange rates here.'),
    priceMax: AmountText.optional(),
    escrow: Flag.optional().describe('Only those whose payment is kept until the buyer has it.'),
    seller: Id.optional(),
    sort: z
      .enum(LISTING_SEARCH_SORTS, { error: `Sort by ${LISTING_SEARCH_SORTS.join(', ')}.` })
      .optional()
      .describe('Relevance where there are words to look for, otherwise newest.'),
    limit: pageSize(24, 60),
    cursor: Cursor.optional(),
  })
  .superRefine((query, ctx) => {
    const { currency, priceMin, priceMax } = query;
    if (priced(query) && !currency)
      ctx.addIssue({ code: 'custom', path: ['currency'], message: 'Choose a currency: prices are compared within one.' });
    for (const [name, limit] of Object.entries({ priceMin, priceMax }))
      if (currency && limit !== undefined && !fitsCurrency(limit, currency))
        ctx.addIssue({ code: 'custom', path: [name], message: 'The price has more decimals than the currency.' });
    if (priceMin !== undefined && priceMax !== undefined && parsePriceE8(priceMin) > parsePriceE8(priceMax))
      ctx.addIssue({ code: 'custom', path: ['priceMax'], message: 'The highest price is below the lowest.' });
  });
export type SearchListingsQuery = z.infer<typeof SearchListingsQuery>;

/** How many there are; `more`: at least one more than that. */
export const BoundedCount = z.object({ count: z.int(), more: z.boolean() });
export type BoundedCount = z.infer<typeof BoundedCount>;

export const FoundListing = ListingView.extend({
  /** Of its seller. Null for a reader who has no ratings. */
  summary: RatingSummary.nullable(),
}).meta({ id: 'FoundListing' });
export type FoundListing = z.infer<typeof FoundListing>;

export const ListingSearchPage = z
  .object({
    items: z.array(FoundListing),
    nextCursor: z.string().nullable(),
    total: BoundedCount,
    /** Null where all matches were looked at; otherwise only that many, the newest ones: a narrower search finds the others. */
    considered: z.int().nullable(),
    /** The categories below the one that was asked for, with what the search finds there; null on further pages. */
    categories: z.array(BoundedCount.extend({ path: z.string(), name: z.string() })).nullable(),
  })
  .meta({ id: 'ListingSearchPage' });
export type ListingSearchPage = z.infer<typeof ListingSearchPage>;
