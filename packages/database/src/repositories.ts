import type { Cause, Repositories } from '@assay/core';
import type { Queryable } from './engine/database.ts';
import { listingSearch } from './engine/listing-search.ts';
import { accountsRepository } from './repositories/accounts.ts';
import { aggregatesRepository } from './repositories/aggregates.ts';
import { alertsRepository } from './repositories/alerts.ts';
import { attemptsRepository } from './repositories/attempts.ts';
import { categoriesRepository } from './repositories/categories.ts';
import { chargebacksRepository } from './repositories/chargebacks.ts';
import { reconciliationRepository } from './repositories/reconciliation.ts';
import { disputeFilesRepository } from './repositories/dispute-files.ts';
import { disputesRepository } from './repositories/disputes.ts';
import { emailsRepository } from './repositories/emails.ts';
import { emailChangesRepository, passwordResetsRepository } from './repositories/email-ownership.ts';
import { feesRepository } from './repositories/fees.ts';
import { flagsRepository } from './repositories/flags.ts';
import { imagesRepository } from './repositories/images.ts';
import { importsRepository } from './repositories/imports.ts';
import { insightsRepository } from './repositories/insights.ts';
import { maintenanceRepository } from './repositories/maintenance.ts';
import { messagesRepository } from './repositories/messages.ts';
import { metricsRepository } from './repositories/metrics.ts';
import { moderationRepository } from './repositories/moderation.ts';
import { invoicesRepository } from './repositories/invoices.ts';
import { invalidationsRepository } from './repositories/invalidations.ts';
import { ledgerRepository } from './repositories/ledger.ts';
import { ledgerChecks } from './repositories/ledger-checks.ts';
import { ledgerReports } from './repositories/ledger-reports.ts';
import { listingImports } from './repositories/listing-imports.ts';
import { listingsRepository } from './repositories/listings.ts';
import { onboardingRepository } from './repositories/onboarding.ts';
import { addressesRepository } from './repositories/addresses.ts';
import { basketRepository } from './repositories/basket.ts';
import { ordersRepository } from './repositories/orders.ts';
import { stockRepository } from './repositories/stock.ts';
import { passkeysRepository } from './repositories/passkeys.ts';
import { payoutAccountsRepository } from './repositories/payout-accounts.ts';
import { payoutCallsRepository } from './repositories/payout-calls.ts';
import { payoutDetailsRepository } from './repositories/payout-details.ts';
import { payoutFilesRepository } from './repositories/payout-files.ts';
import { payoutsRepository } from './repositories/payouts.ts';
import { chargesRepository } from './repositories/charges.ts';
import { paymentsRepository } from './repositories/payments.ts';
import { providerEventsRepository } from './repositories/provider-events.ts';
import { privacyRepository } from './repositories/privacy/index.ts';
import { refundsRepository } from './repositories/refunds.ts';
import { ratingsRepository } from './repositories/ratings.ts';
import { auditLog, outbox } from './repositories/records.ts';
import { returnsRepository } from './repositories/returns.ts';
import { rolloutsRepository } from './repositories/rollouts.ts';
import { secondFactorRepository } from './repositories/second-factor.ts';
import { sellersRepository } from './repositories/sellers.ts';
import { storesRepository } from './repositories/stores.ts';
import { tasksRepository } from './repositories/tasks.ts';
import { verificationsRepository } from './repositories/verifications.ts';
import { walletsRepository } from './repositories/wallets.ts';

/**
 * All repositories over the database, or over one open transaction.
 * @param options.batched for reads outside transactions: see `ratingsRepository`
 * @param options.cause is noted with the facts, tasks and runs that come of it
 */
export function createRepositories(db: Queryable, options: { batched?: boolean; cause?: Cause } = {}): Repositories {
  return {
    accounts: accountsRepository(db),
    attempts: attemptsRepository(db),
    chargebacks: chargebacksRepository(db),
    reconciliation: reconciliationRepository(db),
    disputes: disputesRepository(db),
    returns: returnsRepository(db),
    disputeFiles: disputeFilesRepository(db),
    passwordResets: passwordResetsRepository(db),
    emailChanges: emailChangesRepository(db),
    secondFactor: secondFactorRepository(db),
    sellers: sellersRepository(db),
    categories: categoriesRepository(db),
    ledger: ledgerRepository(db),
    ledgerChecks: ledgerChecks(db),
    ledgerReports: ledgerReports(db),
    listings: listingsRepository(db),
    stores: storesRepository(db),
    listingSearch: listingSearch(db),
    listingImports: listingImports(db),
    addresses: addressesRepository(db),
    basket: basketRepository(db),
    orders: ordersRepository(db),
    stock: stockRepository(db),
    privacy: privacyRepository(db),
    ratings: ratingsRepository(db, options),
    aggregates: aggregatesRepository(db),
    images: imagesRepository(db),
    imports: importsRepository(db),
    insights: insightsRepository(db),
    messages: messagesRepository(db),
    moderation: moderationRepository(db),
    metrics: metricsRepository(db),
    alerts: alertsRepository(db),
    maintenance: maintenanceRepository(db, options.cause),
    fees: feesRepository(db),
    flags: flagsRepository(db),
    wallets: walletsRepository(db),
    rollouts: rolloutsRepository(db),
    emails: emailsRepository(db),
    verifications: verificationsRepository(db),
    passkeys: passkeysRepository(db),
    charges: chargesRepository(db),
    payments: paymentsRepository(db),
    refunds: refundsRepository(db),
    providerEvents: providerEventsRepository(db),
    payoutAccounts: payoutAccountsRepository(db),
    payoutCalls: payoutCallsRepository(db),
    payoutDetails: payoutDetailsRepository(db),
    payoutFiles: payoutFilesRepository(db),
    payouts: payoutsRepository(db),
    onboarding: onboardingRepository(db),
    invoices: invoicesRepository(db),
    invalidations: invalidationsRepository(db),
    tasks: tasksRepository(db, options.cause),
    audit: auditLog(db),
    outbox: outbox(db, options.cause),
  };
}
