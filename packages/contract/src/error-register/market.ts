import { entry } from './entry.ts';

/** Sellers, listings, orders, ratings and what operators do about them. */
export const MARKET_ERRORS = {
  SELLER_NOT_FOUND: entry('No seller has this number, or this wallet.', 'Find sellers with `GET /api/v1/sellers`.'),
  LISTING_NOT_FOUND: entry(
    'There is no such listing, or it is a draft or archived and belongs to another seller.',
    'Take it out of what is shown.',
  ),
  LISTING_NOT_FOR_SALE: entry('The listing is paused or sold.', 'Read it again and show its state.'),
  BASKET_FULL: entry('The basket holds 50 listings.', 'Offer to order or remove some.'),
  UNPAID_ORDERS_LIMIT: entry('The buyer has 20 checkouts that are not paid: what they order is reserved.', 'Show the unpaid orders.'),
  ADDRESS_LIMIT: entry('The account keeps 20 addresses.', 'Offer to delete one.'),
  ADDRESS_NOT_FOUND: entry('There is no such address, or it is another account’s.', 'Read the address book again.'),
  OUT_OF_STOCK: entry(
    'The listing has fewer units left than were asked for: others are sold, or reserved by orders that are not paid yet.',
    'Read the listing again; `available` is how many can be ordered.',
  ),
  ILLEGAL_LISTING_MOVE: entry(
    'The listing’s state does not allow it, or another request has moved it in between.',
    'Read the listing again; `moves` names what its state allows.',
  ),
  LISTING_INCOMPLETE: entry(
    'It was to be published without a price, or in a category that takes nothing new.',
    'Show each message of `errors` at its field.',
  ),
  LISTING_LIMIT: entry(
    'The seller has `SELLER_LISTINGS_MAX` listings, archived ones aside, or a file has more new ones than there is room for.',
    'Say how many there is room for, and offer to archive some.',
  ),
  LISTING_WAS_PUBLISHED: entry(
    'It was for sale once: orders and links may point at it.',
    'Offer to archive it; `deletable` says which ones can be deleted.',
  ),
  CATEGORY_NOT_FOUND: entry('No category has this path.', 'Read `GET /api/v1/categories` again.'),
  CATEGORY_EXISTS: entry('A category with the same path is there, retired perhaps.', 'Rename that one, or bring it back.'),
  COMMISSION_RULE_NOT_FOUND: entry(
    'No rule has this number, or it has ended, or it was taken back before it began.',
    'Read `GET /api/v1/fees/rules` again.',
  ),
  INVOICE_NOT_FOUND: entry(
    'No document has this number, or it is another’s, or it was deleted after the retention period.',
    'Read the documents of the order again.',
  ),
  STATEMENT_TOO_LONG: entry('The statement of a payout as PDF has at most 2,000 lines.', 'Download the lines as CSV.'),
  INVOICE_NOT_READY: entry('Its PDF is made once, by a task, which has not ended yet.', 'Try again in a few seconds.'),
  OPERATOR_UNKNOWN: entry(
    'The configuration does not say who operates the marketplace, and a commission needs an invoice.',
    'Set `OPERATOR_NAME`, `OPERATOR_ADDRESS` and `OPERATOR_COUNTRY`, and start the API again.',
  ),
  OWN_LISTING: entry('The account that orders is the seller’s own.', 'Do not offer sellers to buy from themselves.'),
  ORDER_NOT_FOUND: entry('There is no such order, or the account is neither its buyer nor its seller.', 'Read the list of orders again.'),
  ILLEGAL_MOVE: entry(
    'The order’s state does not allow it: shipping before payment, for instance, or cancelling what is on its way.',
    'Read the order again; `moves` names what its state allows.',
  ),
  PROVIDER_UNAVAILABLE: entry(
    'An admin asked the payment provider about a payment, and it did not answer, or its answer was no outcome.',
    'Try again later.',
    'Look at the status page of the provider, and at the log line of the request.',
  ),
  REFUND_TOO_HIGH: entry(
    'Refunds and those under way would add up to more than was paid.',
    'Read the order again; `refundable` says how much is left.',
  ),
  THREAD_NOT_FOUND: entry('There is no such thread, or the caller is none of its sides.', 'Read the list of threads again.'),
  MESSAGE_NOT_FOUND: entry(
    'The message is none that the caller got in this thread; for admins: no open report is about it.',
    'Read the thread, or the list of reported messages, again.',
  ),
  MESSAGES_BLOCKED: entry(
    'The person on the other side has blocked the caller, and the thread is not about an order.',
    'Keep the text, and say so.',
  ),
  MESSAGE_ID_TAKEN: entry(
    'The account sent another text, or to another thread, with this `clientId`.',
    'Make a new id for each message; keep it for repeats of the same one.',
  ),
  THREAD_CLOSED: entry('The account on the other side of the thread was deleted.', 'Show the thread without a form.'),
  OWN_MESSAGE: entry('A seller tried to write to their own store, or about their own listing.', 'Do not offer it there.'),
  TOO_MANY_MESSAGES: entry(
    'The account sent as many messages in an hour, or began as many threads in a day, as one may.',
    'Say so, and keep the text.',
  ),
  DISPUTE_NOT_FOUND: entry('No dispute was opened about the order, or the caller is none of its sides.', 'Show the order without one.'),
  DISPUTE_CHANGED: entry(
    'The step does not fit the dispute: the other side, an admin or a deadline was faster, or another side has to take it.',
    'Read the dispute again; `moves` says what the caller may do.',
  ),
  RETURN_NOT_FOUND: entry(
    'There is no return with that number, or the caller is none of its sides.',
    'Read the returns of the order again.',
  ),
  RETURN_CHANGED: entry(
    'The step does not fit the return: the other side or a deadline was faster, or the other side has to take it.',
    'Read the returns of the order again; `moves` says what the caller may do.',
  ),
  PAYMENT_NOT_FOUND: entry(
    'There is no such payment or refund, or its outcome is known: an event, a look-up or another admin settled it.',
    'Read the list of unresolved payments again.',
  ),
  EVENT_NOT_FOUND: entry('There is no such event of the payment provider, or it is not parked any more.', 'Read the list of events again.'),
  DIFFERENCE_NOT_FOUND: entry(
    'There is no such difference with the payment provider, or it was resolved.',
    'Read the list of differences again.',
  ),
  NO_COMPLETED_ORDER: entry(
    'The account has no completed order with this seller that has not been rated.',
    'Ask `GET /api/v1/ratings/can-rate/{id}` before offering it.',
  ),
  OWN_STORE: entry('A seller tried to rate themselves.', 'Ask `GET /api/v1/ratings/can-rate/{id}` before offering it.'),
  OWN_REPORT: entry('A buyer reported their own rating.', 'Offer to change it or to take it back instead.'),
  LISTING_SOLD: entry(
    'Another order of the listing was paid after this one was placed: the listing is sold, and unpaid orders of it are cancelled.',
    'Show the order as cancelled, and offer other listings.',
  ),
  OWN_CASE: entry(
    'An admin tried to decide about a rating that they gave, received or reported, or about a dispute or a conversation of their own.',
    'Leave it to another admin: `conflict` says so.',
    'There is only one admin: grant the role to a second person with `npm run grant-role`.',
  ),
  OWN_DECISION: entry(
    'An appeal against this admin’s own decision is open, or was the last that was decided about this rating.',
    'Leave it to another admin: `conflict` says so.',
    'There is only one admin: grant the role to a second person with `npm run grant-role`.',
  ),
  OWN_RATING: entry('A rating was called helpful by who gave it, or by who received it.', 'Do not offer it there.'),
  RATINGS_OFF: entry(
    'Ratings are switched off, for everyone or for this account.',
    'Show nothing of ratings; ask again at the next visit.',
    'Look at the flag `seller-ratings`: `npm run flags -- show seller-ratings`.',
  ),
  RATING_NOT_FOUND: entry('There is no such rating: it was withdrawn, struck out, or never there.', 'Read the list again.'),
  ALREADY_RATED: entry('The account has a live rating of this seller.', 'Offer to change it with `PATCH /api/v1/ratings/{id}`.'),
  RATING_STRUCK: entry('The account’s rating of this seller was struck out, and no purchase followed.', 'Offer the appeal.'),
  ALREADY_REPORTED: entry('The account has an open report on this rating.', 'Say that it is being looked at.'),
  DECISION_NOT_FOUND: entry('There is no such decision, or it is not about a rating of this account.', 'Read the list of decisions again.'),
  ALREADY_APPEALED: entry('There is an appeal against this decision.', 'Show its state instead.'),
  APPEAL_CLOSED: entry('The decision is older than 30 days, or a later one took its place.', 'Show the later decision.'),
  FLAG_CHANGE_NOT_FOUND: entry('The change does not belong to this flag, or there is none to undo.', 'Read the flag’s history again.'),
  FLAG_CHANGED_SINCE: entry('A later change of the flag rests on the one that was to be undone.', 'Undo the later change first.'),
  ROLLOUT_NOT_FOUND: entry('There is no such rollout.', 'Read the list of rollouts again.'),
  ROLLOUT_UNDER_WAY: entry('The flag has a rollout that is not over.', 'Show that one; stop it before another begins.'),
  ROLLOUT_NOT_POSSIBLE: entry('The flag is off or killed, or its share has reached the last step.', 'Show the flag’s state instead.'),
  TASK_NOT_FOUND: entry(
    'There is no dead task with this id: another operator retried or dismissed it.',
    'Read the list of dead tasks again.',
  ),
  ALERT_NOT_FOUND: entry('There is no such alert, or it was closed.', 'Read the dashboard again.'),
};
