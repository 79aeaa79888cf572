// Lists to choose from. Free of zod: pages that only show them should not have to load a validator.

/** draft: its seller alone sees it; paused and sold: it can be looked at, not bought; archived: put away. */
export const LISTING_STATUSES = ['draft', 'active', 'paused', 'sold', 'archived'] as const;
export const LISTING_MOVE_NAMES = ['publish', 'pause', 'resume', 'markSold', 'relist', 'archive', 'restore'] as const;
/** How found listings are sorted. */
export const LISTING_SEARCH_SORTS = ['relevance', 'newest', 'price-asc', 'price-desc'] as const;
export const LISTING_SORTS = ['updated', 'newest', 'oldest'] as const;
/** Longest name of a person or a store that is taken. Earlier ones may be longer: the column holds 200. */
export const NAME_MAX = 80;
/** Attributes of one listing. */
export const ATTRIBUTES_MAX = 20;
/** Listings that are changed together. */
export const BULK_MAX = 200;

/** Documents of money: for the buyer's payment, for the commission, and credit notes for each of them. */
export const INVOICE_KINDS = ['receipt', 'receipt-credit', 'commission', 'commission-credit'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];
/** Of an order's payment. Pending: the provider has not answered yet; unresolved: it was asked, and what it did is not known. */
export const PAYMENT_STATUSES = ['pending', 'captured', 'failed', 'refunding', 'refunded', 'unresolved'] as const;
/** How far a payment on a provider's form is: the buyer enters how to pay, confirms at their bank, waits for the bank, or is done. */
export const PAYMENT_STEPS = ['details', 'confirmation', 'processing', 'ended'] as const;
export type PaymentStep = (typeof PAYMENT_STEPS)[number];
/** Of one refund, in the same sense. */
export const REFUND_STATUSES = ['pending', 'done', 'failed', 'unresolved'] as const;
/** Why a seller gives money back. */
export const GIVEN_REFUND_REASONS = ['returned', 'not-received', 'not-as-described', 'damaged', 'price-adjustment', 'other'] as const;
/** Why money is given back, also by a cancellation or a decision. */
export const REFUND_REASONS = ['cancelled', 'dispute', ...GIVEN_REFUND_REASONS] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];
/**
 * A dispute about a payment at the buyer's bank. Inquiry: the bank asks, and no money moves. Open: the bank has not decided. Closed: an
 * inquiry that ended without one.
 */
export const CHARGEBACK_STATUSES = ['inquiry', 'open', 'won', 'lost', 'closed'] as const;
export type ChargebackStatus = (typeof CHARGEBACK_STATUSES)[number];
export const ORDER_STATUSES = [
  'placed',
  'paying',
  'paid',
  'shipped',
  'delivered',
  'completed',
  'disputed',
  'resolved',
  'cancelled',
  'declined',
] as const;
/** What buyers and sellers do with an order. */
export const ORDER_MOVES = ['pay', 'ship', 'deliver', 'complete', 'cancel', 'decline'] as const;
/** Who moves an order: system is a deadline or the payment provider, platform an admin. */
export const ORDER_ACTORS = ['buyer', 'seller', 'system', 'platform'] as const;
/** Why a buyer cancels, a seller cancels, and a seller declines. */
export const CANCEL_REASONS_OF_BUYER = ['changed-mind', 'found-elsewhere', 'ordered-by-mistake', 'wrong-address', 'other'] as const;
export const CANCEL_REASONS_OF_SELLER = ['buyer-asked', 'address-problem', 'other'] as const;
/** Why a seller cancels items of an order. */
export const CANCEL_ITEM_REASONS_OF_SELLER = [
  'buyer-asked',
  'out-of-stock',
  'price-mistake',
  'cannot-ship',
  'address-problem',
  'other',
] as const;
export const DECLINE_REASONS = ['out-of-stock', 'price-mistake', 'cannot-ship', 'other'] as const;
/** Why an order moved by itself: a deadline passed, or the payment was refused. */
export const SYSTEM_REASONS = ['not-paid', 'not-shipped', 'delivery-time-passed', 'not-disputed', 'payment-refused'] as const;
/** How a dispute about an order ended: what its buyer got back of the payment. */
export const RESOLUTION_REASONS = ['refunded-in-full', 'refunded-in-part', 'not-refunded'] as const;
/** Each reason in the history of an order, once. */
export const ORDER_REASONS = [
  'changed-mind',
  'found-elsewhere',
  'ordered-by-mistake',
  'wrong-address',
  'buyer-asked',
  'address-problem',
  'out-of-stock',
  'price-mistake',
  'cannot-ship',
  'other',
  ...SYSTEM_REASONS,
  ...RESOLUTION_REASONS,
] as const;

/** Why a buyer opens a dispute. */
export const DISPUTE_REASONS = ['not-received', 'not-as-described', 'damaged', 'wrong-item', 'incomplete', 'counterfeit', 'other'] as const;
/** Opened: the seller answers. Answered: the buyer accepts or escalates. Escalated and appealed: an admin decides. Decided: it may be appealed. */
export const DISPUTE_STATUSES = ['opened', 'answered', 'escalated', 'decided', 'appealed', 'closed'] as const;
/** What the sides do in a dispute; an admin's decision is apart. */
export const DISPUTE_MOVES = ['refund', 'offer', 'contest', 'accept', 'escalate', 'withdraw', 'appeal'] as const;
/** What the history of a dispute says was done. Expire: the time for the next step was over. */
export const DISPUTE_ACTIONS = ['open', ...DISPUTE_MOVES, 'decide', 'expire'] as const;
/** How much of what is left of a payment its buyer gets back. */
export const DISPUTE_OUTCOMES = ['full', 'part', 'none'] as const;
/** Evidence of one side. */
export const DISPUTE_FILES_MAX = 5;
/** Longest text of one step. */
export const DISPUTE_TEXT_MAX = 2000;

/** Why a buyer returns something. */
export const RETURN_REASONS = ['damaged', 'not-as-described', 'wrong-item', 'incomplete', 'changed-mind', 'other'] as const;
/** Requested: the seller answers. Accepted: the buyer sends it. Declined: the buyer may open a dispute. Sent: the seller confirms receipt. */
export const RETURN_STATUSES = ['requested', 'accepted', 'declined', 'sent', 'refunded', 'closed', 'escalated'] as const;
/** What the sides do with a return. */
export const RETURN_MOVES = ['accept', 'decline', 'withdraw', 'send', 'receive', 'escalate'] as const;
/** What the history of a return says was done. Expire: the time for the next step was over. */
export const RETURN_ACTIONS = ['request', ...RETURN_MOVES, 'expire'] as const;
/** Longest text of one step. */
export const RETURN_TEXT_MAX = 2000;

/** Where the ledger counts money: see docs/money.md. */
export const LEDGER_ACCOUNTS = [
  'clearing',
  'held',
  'seller_balance',
  'seller_debt',
  'reserve',
  'payouts_in_transit',
  'commission',
  'commission_vat',
  'provider_fees',
  'refunds',
  'write_off',
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];
/** What an entry of the ledger is about. */
export const LEDGER_KINDS = [
  'payment',
  'release',
  'refund',
  'refund-settled',
  'refund-failed',
  'payout',
  'payout-settled',
  'payout-returned',
  'chargeback',
  'chargeback-won',
  'provider-fee',
  'write-off',
  'adjustment',
] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** What an e-mail is about. */
export const EMAIL_KINDS = [
  'verify-email',
  'verification-approved',
  'verification-rejected',
  'payout-changed',
  'payout-sent',
  'payout-returned',
  'password-reset',
  'email-change',
  'account-changed',
  'session-reused',
  'account-deleted',
  'order-reminder',
  'order-refunded',
  'dispute',
  'return',
] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

export const SELLER_SORTS = ['rating', 'ratings', 'newest'] as const;

/** Why a rating may be reported. */
export const REPORT_REASONS = ['personal-data', 'abusive', 'not-about-purchase', 'blackmail', 'fake', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];
/** Why a rating may be struck out: the rules, nothing else. */
export const STRIKE_REASONS = ['personal-data', 'abusive', 'not-about-purchase', 'blackmail', 'fake', 'unlawful'] as const;
export type StrikeReason = (typeof STRIKE_REASONS)[number];

export const ALERT_KINDS = ['error-rate', 'response-time', 'discrepancies', 'rating-spike', 'rollout', 'ledger'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
export const ALERT_STATUSES = ['open', 'acknowledged', 'closed'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

export const MAINTENANCE_KINDS = ['verify', 'recalculate'] as const;
export type MaintenanceKind = (typeof MAINTENANCE_KINDS)[number];
export const MAINTENANCE_STATUSES = ['queued', 'running', 'paused', 'done', 'failed'] as const;
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number];

/** What an image is for, and how many of them there may be: one of a store, some of a listing. */
export const IMAGES_OF = { profile: 1, cover: 1, listing: 12 } as const;
export const IMAGE_PURPOSES = ['profile', 'cover', 'listing'] as const;
/** uploaded: it waits for its sizes to be made; failed: it is no image that can be shown. */
export const IMAGE_STATUSES = ['uploaded', 'processing', 'ready', 'failed'] as const;
export const ALT_TEXT_MAX = 300;
/** What a file may be; its content says what it is, not its name. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'] as const;

/** Rolling windows of a score in days, and the whole of it. */
export const WINDOW_NAMES = ['30', '90', '365', 'lifetime'] as const;

/** Where browsers listen for what happens. */
export const LIVE_PATH = '/api/live';
/** Where the founding documents have programs listen: below it `ws`, or the wallet address or number of a seller. */
export const SELLER_LIVE_PATH = '/seller';

/** What is shown in place of the name of an account that was deleted. */
export const FORMER_MEMBER = 'Former member';

/** What keeps an account from being deleted. */
export const DELETION_OBSTACLES = ['open-purchases', 'open-sales', 'pending-payments', 'balance', 'open-appeals', 'last-admin'] as const;
