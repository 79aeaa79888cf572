import { entry } from './entry.ts';

/** What a store looks like, and who follows it. */
export const STORE_ERRORS = {
  ACCENT_UNREADABLE: entry(
    'The colour does not reach a contrast of 4.5 : 1 on every ground of both themes without becoming another colour.',
    'Offer the colour that `errors` names: it is the nearest that can be read.',
  ),
  STORE_GONE: entry('The seller has deleted their account.', 'Take the store out of what is shown, for good.'),
  STORE_CLOSED: entry(
    'The seller is on vacation: `closedUntil` of the seller is in the future.',
    'Show when the store opens again, and offer no order until then.',
  ),
  OWN_FOLLOW: entry('A seller tried to follow their own store.', 'Do not offer it there.'),
};
