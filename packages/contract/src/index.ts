export * from './accent.ts';
export * from './accounts.ts';
export * from './addresses.ts';
export * from './admin-orders.ts';
export * from './amounts.ts';
export * from './basket.ts';
export * from './batches.ts';
export * from './bodies.ts';
export * from './bulk-edit.ts';
export * from './cache.ts';
export * from './carriers.ts';
export * from './categories.ts';
export * from './chargebacks.ts';
export * from './checkout.ts';
export {
  ALERT_KINDS,
  ALERT_STATUSES,
  ALT_TEXT_MAX,
  ATTRIBUTES_MAX,
  BULK_MAX,
  CANCEL_ITEM_REASONS_OF_SELLER,
  CANCEL_REASONS_OF_BUYER,
  CANCEL_REASONS_OF_SELLER,
  CHARGEBACK_STATUSES,
  DECLINE_REASONS,
  DELETION_OBSTACLES,
  DISPUTE_ACTIONS,
  DISPUTE_FILES_MAX,
  DISPUTE_MOVES,
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  DISPUTE_STATUSES,
  DISPUTE_TEXT_MAX,
  EMAIL_KINDS,
  GIVEN_REFUND_REASONS,
  FORMER_MEMBER,
  IMAGE_PURPOSES,
  IMAGE_STATUSES,
  IMAGE_TYPES,
  IMAGES_OF,
  INVOICE_KINDS,
  LEDGER_ACCOUNTS,
  LEDGER_KINDS,
  LISTING_MOVE_NAMES,
  LISTING_SEARCH_SORTS,
  LISTING_SORTS,
  LISTING_STATUSES,
  LIVE_PATH,
  NAME_MAX,
  MAINTENANCE_KINDS,
  MAINTENANCE_STATUSES,
  ORDER_ACTORS,
  ORDER_MOVES,
  ORDER_REASONS,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
  REFUND_REASONS,
  REFUND_STATUSES,
  REPORT_REASONS,
  RETURN_ACTIONS,
  RETURN_MOVES,
  RETURN_REASONS,
  RETURN_STATUSES,
  RETURN_TEXT_MAX,
  RESOLUTION_REASONS,
  SELLER_LIVE_PATH,
  SELLER_SORTS,
  STRIKE_REASONS,
  SYSTEM_REASONS,
  WINDOW_NAMES,
  type AlertKind,
  type AlertStatus,
  type EmailKind,
  type InvoiceKind,
  type LedgerAccount,
  type LedgerKind,
  type MaintenanceKind,
  type MaintenanceStatus,
  type ChargebackStatus,
  type PaymentStep,
  type RefundReason,
  type ReportReason,
  type StrikeReason,
} from './choices.ts';
export * from './common.ts';
export * from './cookies.ts';
export * from './contact-details.ts';
export * from './countries.ts';
export * from './cuts.ts';
export { CURRENCIES, digitsOf, isIsoCurrency, TOKEN_CODES } from './currencies.ts';
export * from './disputes.ts';
export * from './error-register/index.ts';
export * from './errors.ts';
export { FACT_NAMES, FACTS, isFactName, type FactName, type FactPayload } from './events/index.ts';
export * from './fees.ts';
export * from './figures.ts';
export * from './folding.ts';
export * from './flags.ts';
export * from './from-text.ts';
export * from './images.ts';
export * from './insights.ts';
export * from './invoices.ts';
export * from './known-flags.ts';
export * from './ledger.ts';
export * from './listing-details.ts';
export * from './listing-import.ts';
export * from './listing-search.ts';
export * from './listings.ts';
export * from './live.ts';
export * from './marketplace.ts';
export * from './message-choices.ts';
export * from './messages.ts';
export * from './moderation.ts';
export * from './minor-units.ts';
export * from './money.ts';
export * from './names.ts';
export * from './onboarding-choices.ts';
export * from './onboarding.ts';
export * from './operations.ts';
export * from './orders.ts';
export * from './owner-proof.ts';
export * from './pages.ts';
export * from './passkeys.ts';
export * from './payments.ts';
export * from './payout-choices.ts';
export * from './payout-details.ts';
export * from './payout-accounts.ts';
export * from './payouts.ts';
export * from './privacy.ts';
export * from './profile.ts';
export * from './ratings.ts';
export * from './reconciliation.ts';
export * from './returns.ts';
export * from './rollouts.ts';
export * from './second-factor.ts';
export * from './seller-about.ts';
export * from './sellers.ts';
export * from './statistics.ts';
export * from './store-view.ts';
export * from './stores.ts';
export * from './tasks.ts';
export * from './text.ts';
export * from './vat-rates.ts';
export * from './verification.ts';
export * from './wallets.ts';
