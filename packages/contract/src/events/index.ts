import type { z } from 'zod';
import { ACCOUNT_FACTS } from './accounts.ts';
import { FEE_FACTS } from './fees.ts';
import { LISTING_FACTS } from './listings.ts';
import { MESSAGE_FACTS } from './messages.ts';
import { OPERATIONS_FACTS } from './operations.ts';
import { ORDER_FACTS } from './orders.ts';
import { RATING_FACTS } from './ratings.ts';
import { SELLER_FACTS } from './sellers.ts';

/**
 * Every fact that the product publishes: what happened, by the name under which it is in `OutboxEvents.Topic`. A payload holds ids
 * and what changed, never more than a reader of the public pages may know of a person but for those ids.
 */
export const FACTS = {
  ...ACCOUNT_FACTS,
  ...RATING_FACTS,
  ...SELLER_FACTS,
  ...LISTING_FACTS,
  ...ORDER_FACTS,
  ...FEE_FACTS,
  ...MESSAGE_FACTS,
  ...OPERATIONS_FACTS,
};

export type FactName = keyof typeof FACTS;
export type FactPayload<N extends FactName> = z.output<(typeof FACTS)[N]['payload']>;
export const FACT_NAMES = Object.keys(FACTS) as FactName[];
export const isFactName = (name: string): name is FactName => Object.hasOwn(FACTS, name);
