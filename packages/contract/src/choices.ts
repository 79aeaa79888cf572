// Lists to choose from. Free of zod: pages that only show them should not have to load a validator.

/** Where a listing belongs. The last one is for whatever has no place yet. */
export const CATEGORIES = ['Ceramics', 'Watches', 'Books and paper', 'Leather', 'Cameras', 'Textiles', 'Lamps', 'Other'] as const;

/** Currencies and how many decimals each one has. */
export const CURRENCIES = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0, BTC: 8, ETH: 8, USDC: 6 } as const;
export type Currency = keyof typeof CURRENCIES;

export const ORDER_STATUSES = ['placed', 'paid', 'shipped', 'completed', 'cancelled'] as const;
export const ORDER_MOVES = ['pay', 'ship', 'complete', 'cancel'] as const;

export const SELLER_SORTS = ['rating', 'ratings', 'newest'] as const;
