import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { Prisma, type Engine } from '@assay/database';
import { completeOrders, createPeople, createSeller, onEachEngine, useDatabase } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

type Row = Record<string, string | number | null>;
type Rows = Record<string, Row>;

const AT = '2030-01-01T00:00:00.000';

/** What a CHECK refuses: a sound row of the table with these columns changed. */
const CHECKS: [constraint: string, what: string, table: string, change: Row][] = [
  ['CK_SellerRatings_Rating', 'no stars', 'SellerRatings', { Rating: 0 }],
  ['CK_SellerRatings_Rating', 'six stars', 'SellerRatings', { Rating: 6 }],
  ['CK_SellerRatings_Source', 'a rating of unknown origin', 'SellerRatings', { Source: 'bought' }],
  ['CK_SellerRatings_Source', 'a purchase without an order', 'SellerRatings', { Source: 'purchase', OrderId: null }],
  ['CK_SellerRatings_HelpfulCount', 'fewer than no helpful votes', 'SellerRatings', { HelpfulCount: -1 }],
  ['CK_SellerRatingHistory_Rating', 'six stars in the history', 'SellerRatingHistory', { Rating: 6 }],
  ['CK_SellerRatingHistory_Rating', 'no stars in the history', 'SellerRatingHistory', { Rating: 0 }],
  ['CK_SellerRatingHistory_Action', 'an unknown action', 'SellerRatingHistory', { Action: 'deleted' }],
  ['CK_UserRoles_Role', 'an unknown role', 'UserRoles', { Role: 'root' }],
  ['CK_IdempotencyKeys_Status', 'an unknown state of a request', 'IdempotencyKeys', { Status: 'failed' }],
  ['CK_EmailChanges_Outcome', 'an unknown outcome of a change of address', 'EmailChanges', { Outcome: 'lost' }],
  ['CK_Sessions_SecondFactor', 'an unknown second factor of a session', 'Sessions', { SecondFactor: 'sms' }],
  ['CK_RecoveryCodes_Number', 'an eleventh recovery code', 'RecoveryCodes', { Number: 10 }],
  ['CK_RecoveryCodes_Number', 'a recovery code before the first one', 'RecoveryCodes', { Number: -1 }],
  ['CK_Passkeys_SignCount', 'a passkey that has signed fewer than no times', 'Passkeys', { SignCount: -1 }],
  ['CK_PasskeyChallenges_Purpose', 'a challenge for an unknown purpose', 'PasskeyChallenges', { Purpose: 'pay' }],
  ['CK_PasskeyChallenges_Purpose', 'a challenge for a new passkey without a session', 'PasskeyChallenges', { SessionId: null }],
  ['CK_Wallets_Address', 'half an address', 'Wallets', { Address: '0x12' }],
  ['CK_WalletNonces_Purpose', 'a nonce for an unknown purpose', 'WalletNonces', { Purpose: 'pay' }],
  ['CK_WalletNonces_Purpose', 'a nonce for linking without a session', 'WalletNonces', { SessionId: null }],
  ['CK_SellerListings_Priced', 'a published listing for nothing', 'SellerListings', { PriceE8: 0, PublishedAt: '2030-01-01T00:00:00.000' }],
  ['CK_SellerListings_Published', 'a listing for sale that was never published', 'SellerListings', { Status: 'active' }],
  ['CK_SellerListings_Version', 'a listing before its first version', 'SellerListings', { Version: 0 }],
  ['CK_ListingEvents_Status', 'a move to an unknown state of a listing', 'ListingEvents', { ToStatus: 'lost' }],
  ['CK_Categories_Position', 'a category before the first one', 'Categories', { Position: -1 }],
  ['CK_Categories_Parent', 'a category that is not where its path says', 'Categories', { ParentPath: 'leather' }],
  ['CK_Categories_Parent', 'a category below one that it does not name', 'Categories', { ParentPath: null }],
  ['CK_Categories_Level', 'a category that leaves a level out', 'Categories', { Path: 'ceramics/b/c' }],
  [
    'CK_Categories_Depth',
    'a fourth level of categories',
    'Categories',
    { Path: 'ceramics/bowls/small/red', ParentPath: 'ceramics/bowls/small' },
  ],
  ['CK_SellerListings_Price', 'a negative price', 'SellerListings', { PriceE8: -1 }],
  [
    'CK_SellerListings_Status',
    'an unknown state of a listing',
    'SellerListings',
    { Status: 'deleted', PublishedAt: '2030-01-01T00:00:00.000' },
  ],
  ['CK_Orders_Price', 'an order for nothing', 'Orders', { PriceE8: 0 }],
  ['CK_Orders_Shipping', 'a negative price of shipping', 'Orders', { ShippingE8: -1 }],
  ['CK_Orders_Delivery', 'an order that is sent by air', 'Orders', { Delivery: 'air' }],
  ['CK_OrderItems_Price', 'an item for nothing', 'OrderItems', { UnitPriceE8: 0 }],
  ['CK_OrderItems_Quantity', 'an item of no units', 'OrderItems', { Quantity: 0 }],
  ['CK_CancelledItems_Quantity', 'no unit of an item cancelled', 'CancelledItems', { Quantity: 0 }],
  ['CK_CancelledItems_Reason', 'an item cancelled for an unknown reason', 'CancelledItems', { Reason: 'whim' }],
  ['CK_Returns_Reason', 'a return for an unknown reason', 'Returns', { Reason: 'whim' }],
  ['CK_Returns_Status', 'an unknown state of a return', 'Returns', { Status: 'lost' }],
  ['CK_Returns_Refund', 'a return that refunds less than nothing', 'Returns', { RefundE8: -1 }],
  ['CK_Returns_Closed', 'an open return without a deadline', 'Returns', { DueAt: null }],
  ['CK_ReturnItems_Quantity', 'no unit returned', 'ReturnItems', { Quantity: 0 }],
  ['CK_ReturnEvents_Action', 'an unknown step of a return', 'ReturnEvents', { Action: 'shout' }],
  ['CK_OrderItems_Stock', 'an item whose units are lost', 'OrderItems', { Stock: 'lost' }],
  ['CK_SellerListings_Quantity', 'fewer than no units', 'SellerListings', { Quantity: -1 }],
  ['CK_SellerListings_Reserved', 'fewer than no reserved units', 'SellerListings', { Reserved: -1 }],
  ['CK_SellerListings_Reserved', 'more reserved units than there are', 'SellerListings', { Quantity: 2, Reserved: 3 }],
  ['CK_BasketItems_Quantity', 'a basket with no units of a listing', 'BasketItems', { Quantity: 0 }],
  ['CK_Orders_Status', 'an unknown state of an order', 'Orders', { Status: 'lost' }],
  ['CK_OrderEvents_Reason', 'an unknown reason', 'OrderEvents', { Reason: 'bored' }],
  ['CK_Payments_Status', 'an unknown state of a payment', 'Payments', { Status: 'promised' }],
  ['CK_Payments_Refunds', 'more refunded than paid', 'Payments', { RefundedE8: 2 }],
  ['CK_Payments_Refunds', 'refunds that add up to more than was paid', 'Payments', { RefundedE8: 1, RefundPendingE8: 1 }],
  ['CK_Payments_Refunds', 'less than nothing refunded', 'Payments', { RefundedE8: -1 }],
  ['CK_Payments_Refunds', 'less than nothing claimed for refunds', 'Payments', { RefundPendingE8: -1 }],
  ['CK_Payments_Charge', 'a charge without the attempt that it pays', 'Payments', { ChargeAttempt: null }],
  ['CK_Payments_Charge', 'an attempt that is paid by no charge', 'Payments', { ChargeId: null }],
  ['CK_Charges_Amount', 'a charge of nothing', 'Charges', { AmountE8: 0 }],
  ['CK_Charges_Status', 'a charge in a state of refunds', 'Charges', { Status: 'refunded' }],
  ['CK_Refunds_Amount', 'a refund of nothing', 'Refunds', { AmountE8: 0 }],
  ['CK_Refunds_Reason', 'a refund for an unknown reason', 'Refunds', { Reason: 'dislike' }],
  ['CK_Refunds_Status', 'an unknown state of a refund', 'Refunds', { Status: 'promised' }],
  ['CK_ProviderEvents_Subject', 'an event about something unknown', 'ProviderEvents', { Subject: 'weather' }],
  ['CK_ProviderEvents_Status', 'an unknown state of an event', 'ProviderEvents', { Status: 'ignored' }],
  ['CK_Payments_ChargedBack', 'less than nothing charged back', 'Payments', { ChargedBackE8: -1 }],
  ['CK_Chargebacks_Amount', 'a chargeback of nothing', 'Chargebacks', { AmountE8: 0 }],
  ['CK_Chargebacks_Amount', 'a fee below zero', 'Chargebacks', { FeeE8: -1 }],
  ['CK_Chargebacks_Status', 'an unknown state of a chargeback', 'Chargebacks', { Status: 'promised' }],
  ['CK_Chargebacks_Funds', 'money that the bank gives back and never took', 'Chargebacks', { ReinstatedAt: '2030-01-01T00:00:00.000' }],
  ['CK_Chargebacks_Closed', 'a lost chargeback without an end', 'Chargebacks', { Status: 'lost' }],
  ['CK_Chargebacks_Closed', 'an open chargeback that has ended', 'Chargebacks', { ClosedAt: '2030-01-01T00:00:00.000' }],
  ['CK_ReconciliationRuns_Span', 'a span that ends before it begins', 'ReconciliationRuns', { ToAt: '2020-01-01T00:00:00.000' }],
  ['CK_ReconciliationDifferences_Check', 'a difference of an unknown kind', 'ReconciliationDifferences', { CheckName: 'odd' }],
  ['CK_ReconciliationDifferences_Kind', 'a difference of a payout', 'ReconciliationDifferences', { Kind: 'payout' }],
  ['CK_ReconciliationDifferences_Resolved', 'a difference resolved without a reason', 'ReconciliationDifferences', { ResolvedBy: 1 }],
  ['CK_OrderDisputes_Reason', 'a dispute for an unknown reason', 'OrderDisputes', { Reason: 'dislike' }],
  ['CK_OrderDisputes_Status', 'an unknown state of a dispute', 'OrderDisputes', { Status: 'lost' }],
  ['CK_OrderDisputes_OpenedFrom', 'a dispute about an order that is not paid', 'OrderDisputes', { OpenedFrom: 'placed' }],
  ['CK_OrderDisputes_Outcome', 'an unknown outcome of a dispute', 'OrderDisputes', { Status: 'decided', Outcome: 'half' }],
  ['CK_OrderDisputes_Amounts', 'an offer of nothing', 'OrderDisputes', { OfferE8: 0 }],
  ['CK_OrderDisputes_Amounts', 'a decision for less than nothing', 'OrderDisputes', { AmountE8: -1 }],
  ['CK_OrderDisputes_Decided', 'a dispute that is decided without an outcome', 'OrderDisputes', { Status: 'decided' }],
  ['CK_OrderDisputes_Decided', 'a dispute with an outcome before a decision', 'OrderDisputes', { Outcome: 'none' }],
  ['CK_OrderDisputes_Closed', 'a closed dispute without a time', 'OrderDisputes', { Status: 'closed', Outcome: 'none', AmountE8: 0 }],
  ['CK_OrderDisputes_Closed', 'an open dispute that was closed', 'OrderDisputes', { ClosedAt: '2030-01-01T00:00:00.000' }],
  ['CK_DisputeEvents_Action', 'an unknown step of a dispute', 'DisputeEvents', { Action: 'shout' }],
  ['CK_DisputeEvents_Outcome', 'a step with an unknown outcome', 'DisputeEvents', { Outcome: 'half' }],
  ['CK_DisputeEvents_Amount', 'a step about less than nothing', 'DisputeEvents', { AmountE8: -1 }],
  ['CK_DisputeFiles_Type', 'evidence that is a program', 'DisputeFiles', { Type: 'text/html' }],
  ['CK_DisputeFiles_Bytes', 'evidence of no bytes', 'DisputeFiles', { Bytes: 0 }],
  ['CK_MessageThreads_Kind', 'a thread about an unknown thing', 'MessageThreads', { Kind: 'weather' }],
  ['CK_MessageThreads_Sides', 'a thread with oneself', 'MessageThreads', { BuyerId: 1, SellerId: 1 }],
  ['CK_MessageThreads_LastPosition', 'a thread with less than no message', 'MessageThreads', { LastPosition: -1 }],
  ['CK_MessageThreadSides_Role', 'an unknown side of a thread', 'MessageThreadSides', { Role: 'guest' }],
  ['CK_MessageThreadSides_ReadUpTo', 'a thread that is read to before its beginning', 'MessageThreadSides', { ReadUpTo: -1 }],
  ['CK_Messages_Status', 'an unknown state of a message', 'Messages', { Status: 'lost' }],
  ['CK_Messages_HeldFor', 'a message that is held for an unknown reason', 'Messages', { HeldFor: 'tone' }],
  ['CK_Messages_Held', 'a message that is held for no reason', 'Messages', { Status: 'held' }],
  ['CK_MessageBlocks_Sides', 'a person who blocks themselves', 'MessageBlocks', { BlockerId: 1, BlockedId: 1 }],
  ['CK_MessageReports_Reason', 'a report for an unknown reason', 'MessageReports', { Reason: 'dislike' }],
  ['CK_MessageReports_Decision', 'an unknown decision about a message', 'MessageReports', { Decision: 'praised' }],
  ['CK_MessageReports_Decided', 'a decision about a message without an admin', 'MessageReports', { DecidedBy: null }],
  ['CK_Messages_Position', 'a message before the first', 'Messages', { Position: 0 }],
  ['CK_LedgerEntries_Kind', 'an unknown kind of entry', 'LedgerEntries', { Kind: 'gift' }],
  ['CK_LedgerEntries_Lines', 'an entry of one line', 'LedgerEntries', { Lines: 1 }],
  ['CK_LedgerPostings_Account', 'an unknown account', 'LedgerPostings', { Account: 'pocket' }],
  ['CK_LedgerPostings_Amount', 'a posting of nothing', 'LedgerPostings', { AmountMinor: 0 }],
  ['CK_LedgerPostings_Line', 'a line before the first one', 'LedgerPostings', { Line: 0 }],
  ['CK_LedgerBalances_Floor', 'an unknown account with a balance', 'LedgerBalances', { Account: 'pocket' }],
  ...(['held', 'seller_balance', 'reserve', 'payouts_in_transit', 'refunds'] as const).map((Account): (typeof CHECKS)[number] => [
    'CK_LedgerBalances_Floor',
    `less than nothing in ${Account}`,
    'LedgerBalances',
    { Account, BalanceMinor: 1 },
  ]),
  ['CK_LedgerBalances_Floor', 'a debt of less than nothing', 'LedgerBalances', { Account: 'seller_debt', BalanceMinor: -1 }],
  ['CK_CommissionRules_BasisPoints', 'a commission above the price', 'CommissionRules', { BasisPoints: 10_001 }],
  ['CK_CommissionRules_BasisPoints', 'a commission below zero', 'CommissionRules', { BasisPoints: -1 }],
  ['CK_CommissionRules_Amounts', 'a fixed amount below zero', 'CommissionRules', { FixedMinor: -1 }],
  ['CK_CommissionRules_Amounts', 'a minimum below zero', 'CommissionRules', { MinimumMinor: -1 }],
  ['CK_CommissionRules_Currency', 'a fixed amount without a currency', 'CommissionRules', { Currency: null }],
  ['CK_CommissionRules_Valid', 'a rule that ends when it begins', 'CommissionRules', { ValidUntil: AT }],
  ['CK_OrderFees_Amounts', 'fees above the sale', 'OrderFees', { VatMinor: 91 }],
  ['CK_OrderFees_Amounts', 'a commission below zero', 'OrderFees', { CommissionMinor: -1 }],
  ['CK_OrderFees_Amounts', 'VAT below zero', 'OrderFees', { VatMinor: -1 }],
  ['CK_OrderFees_VatTreatment', 'VAT by an unknown rule', 'OrderFees', { VatTreatment: 'maybe', VatMinor: 0, VatBasisPoints: 0 }],
  ['CK_OrderFees_Vat', 'VAT where none is charged', 'OrderFees', { VatTreatment: 'reverse-charge' }],
  ['CK_Invoices_Kind', 'an unknown kind of document', 'Invoices', { Kind: 'letter' }],
  ['CK_Invoices_Number', 'a number before the first one', 'Invoices', { Number: 0 }],
  ['CK_Invoices_Amounts', 'an invoice for less than nothing', 'Invoices', { NetMinor: -1 }],
  ['CK_Invoices_Amounts', 'VAT of less than nothing', 'Invoices', { VatMinor: -1 }],
  ['CK_Invoices_VatTreatment', 'an invoice whose VAT follows no known rule', 'Invoices', { VatTreatment: 'maybe' }],
  ['CK_Invoices_Corrects', 'a credit note that corrects nothing', 'Invoices', { Kind: 'receipt-credit' }],
  ['CK_RatingReports_Reason', 'a report for an unknown reason', 'RatingReports', { Reason: 'dislike' }],
  ['CK_RatingDecisions_Rating', 'a decision about six stars', 'RatingDecisions', { Rating: 6 }],
  ['CK_RatingDecisions_Action', 'an unknown decision', 'RatingDecisions', { Action: 'deleted' }],
  ['CK_RatingDecisions_Reason', 'a decision for an unknown reason', 'RatingDecisions', { Reason: 'dislike' }],
  ['CK_StruckRatings_Rating', 'six stars that were struck out', 'StruckRatings', { Rating: 6 }],
  ['CK_RatingAppeals_Status', 'an unknown state of an appeal', 'RatingAppeals', { Status: 'lost' }],
  ['CK_FeatureFeedback_Score', 'feedback of six', 'FeatureFeedback', { Score: 6 }],
  ['CK_Alerts_Kind', 'an unknown kind of alert', 'Alerts', { Kind: 'noise' }],
  ['CK_FeatureFlags_Enabled', 'a flag that is neither on nor off', 'FeatureFlags', { Enabled: 2 }],
  ['CK_FeatureFlags_Killed', 'a flag that is half killed', 'FeatureFlags', { Killed: 2 }],
  ['CK_FeatureFlags_RolloutPercentage', 'a flag for more than everybody', 'FeatureFlags', { RolloutPercentage: 101 }],
  ['CK_FeatureFlags_RolloutPercentage', 'a flag for fewer than no users', 'FeatureFlags', { RolloutPercentage: -1 }],
  ['CK_FeatureFlagTargets_Kind', 'an unknown kind of target', 'FeatureFlagTargets', { Kind: 'planet' }],
  ['CK_FeatureFlagVariants_Weight', 'a variant without weight', 'FeatureFlagVariants', { Weight: 0 }],
  ['CK_FeatureFlagChanges_Action', 'an unknown change of a flag', 'FeatureFlagChanges', { Action: 'painted' }],
  ['CK_FeatureRollouts_Status', 'an unknown state of a rollout', 'FeatureRollouts', { Status: 'lost' }],
  ['CK_Alerts_Status', 'an unknown state of an alert', 'Alerts', { Status: 'lost' }],
  ['CK_MaintenanceRuns_Kind', 'an unknown kind of maintenance', 'MaintenanceRuns', { Kind: 'dust' }],
  ['CK_MaintenanceRuns_Status', 'an unknown state of maintenance', 'MaintenanceRuns', { Status: 'lost' }],
  ['CK_Images_Purpose', 'an image for an unknown purpose', 'Images', { Purpose: 'banner' }],
  ['CK_Images_Status', 'an unknown state of an image', 'Images', { Status: 'lost' }],
  ['CK_ImageVariants_Format', 'a size in an unknown format', 'ImageVariants', { Format: 'svg' }],
  ['CK_ImageUses_Purpose', 'an image in an unknown place', 'ImageUses', { Purpose: 'banner' }],
  ['CK_Stores_Accent', 'a colour that is none', 'Stores', { Accent: 'red' }],
  ['CK_StoreFeatured_Position', 'a seventh listing that comes first', 'StoreFeatured', { Position: 6 }],
  ['CK_StoreFeatured_Position', 'a listing before the first one', 'StoreFeatured', { Position: -1 }],
  ['CK_ImageUses_Position', 'an image before the first one', 'ImageUses', { Position: -1 }],
  ['CK_SellerVerifications_Status', 'an unknown state of a verification', 'SellerVerifications', { Status: 'lost' }],
  ['CK_SellerVerificationFiles_Type', 'a document that is a program', 'SellerVerificationFiles', { Type: 'text/html' }],
  ['CK_Tasks_Status', 'an unknown state of a task', 'Tasks', { Status: 'late' }],
  ['CK_Tasks_Settled', 'a task that is done without a time', 'Tasks', { Status: 'done', SettledAt: null }],
  ['CK_EmailMessages_Status', 'an unknown state of an e-mail', 'EmailMessages', { Status: 'read' }],
  ['CK_SellerPayoutDetails_Method', 'a payout by an unknown method', 'SellerPayoutDetails', { Method: 'cash' }],
  ['CK_PayoutSettings_Schedule', 'payouts by an unknown schedule', 'PayoutSettings', { Schedule: 'hourly' }],
  ['CK_PayoutAccounts_State', 'an unknown state of a payout account', 'PayoutAccounts', { State: 'open' }],
  ['CK_PayoutAccounts_Reference', 'a payout account that is made and has no id', 'PayoutAccounts', { Reference: null }],
  ['CK_PayoutCalls_Kind', 'an unknown call for a payout', 'PayoutCalls', { Kind: 'refund' }],
  ['CK_PayoutCalls_Attempt', 'a call before the first', 'PayoutCalls', { Attempt: 0 }],
  ['CK_PayoutCalls_Status', 'an unknown state of a call', 'PayoutCalls', { Status: 'lost' }],
  ['CK_PayoutCalls_Done', 'a call that is done without a reference', 'PayoutCalls', { Reference: null }],
  ['CK_Payouts_Amount', 'a payout of nothing', 'Payouts', { AmountMinor: 0 }],
  ['CK_Payouts_Status', 'an unknown state of a payout', 'Payouts', { Status: 'lost' }],
  ['CK_Payouts_Method', 'a payout in cash', 'Payouts', { Method: 'cash' }],
  ['CK_SellerOnboarding_CurrentStep', 'an unknown step of opening a store', 'SellerOnboarding', { CurrentStep: 'party' }],
  [
    'CK_SellerCacheInvalidations_InvalidationType',
    'an invalidation of one seller that names none',
    'SellerCacheInvalidations',
    { SellerId: null },
  ],
  ...[1, 2, 3, 4, 5].map((n): (typeof CHECKS)[number] => [
    'CK_SellerRatingDays_Stars',
    `fewer than no ${n}-star ratings of a day`,
    'SellerRatingDays',
    { [`Stars${n}`]: -1 },
  ]),
  ...[1, 2, 3, 4, 5].map((n): (typeof CHECKS)[number] => [
    'CK_Users_Stars',
    `fewer than no ${n}-star ratings`,
    'Users',
    { [`Stars${n}`]: -1 },
  ]),
];

/** Each unique key and its columns: the second row of the table with the first one's values there. */
const KEYS: [constraint: string, what: string, table: string, columns: string[]][] = [
  ['UX_SellerRatings_Seller_Rater', 'two ratings of one rater for one seller', 'SellerRatings', ['SellerId', 'RaterId']],
  ['UX_SellerRatingHistory_Version', 'one version twice', 'SellerRatingHistory', ['RatingId', 'Version']],
  ['UX_Users_ProvenEmail', 'one confirmed e-mail address twice', 'Users', ['Email']],
  ['PK_AttemptCounters', 'two counters of one key', 'AttemptCounters', ['KeyHash']],
  ['UX_PasswordResets_TokenHash', 'one link to a new password twice', 'PasswordResets', ['TokenHash']],
  ['UX_EmailChanges_OldTokenHash', 'one link to an old address twice', 'EmailChanges', ['OldTokenHash']],
  ['UX_EmailChanges_NewTokenHash', 'one link to a new address twice', 'EmailChanges', ['NewTokenHash']],
  ['UX_ImportRuns_Fingerprint', 'one file twice', 'ImportRuns', ['Fingerprint']],
  ['PK_RatingHelpfulVotes', 'two votes of one person', 'RatingHelpfulVotes', ['RatingId', 'UserId']],
  ['PK_UserRoles', 'one role twice', 'UserRoles', ['UserId', 'Role']],
  ['PK_Sessions', 'one session twice', 'Sessions', ['Id']],
  ['PK_AuthenticatorApps', 'two authenticator apps of one account', 'AuthenticatorApps', ['UserId']],
  ['PK_RecoveryCodes', 'one number of a recovery code twice', 'RecoveryCodes', ['UserId', 'Number']],
  ['UX_Passkeys_CredentialHash', 'one passkey on two accounts', 'Passkeys', ['CredentialHash']],
  ['PK_PasskeyChallenges', 'one challenge of a passkey twice', 'PasskeyChallenges', ['ChallengeHash']],
  ['PK_Wallets', 'one wallet on two accounts', 'Wallets', ['Address']],
  ['PK_WalletNonces', 'one nonce twice', 'WalletNonces', ['NonceHash']],
  ['PK_IdempotencyKeys', 'one request twice', 'IdempotencyKeys', ['UserId', 'KeyHash']],
  ['PK_SellerProfiles', 'two profiles of one seller', 'SellerProfiles', ['UserId']],
  ['PK_Categories', 'one category twice', 'Categories', ['Path']],
  ['PK_Payments', 'two payments of one order', 'Payments', ['OrderId']],
  ['UX_Charges_ProviderKey', 'two charges with one key', 'Charges', ['ProviderKey']],
  ['UX_Refunds_ProviderKey', 'two refunds with one key', 'Refunds', ['ProviderKey']],
  ['UX_ProviderEvents_Event', 'one event twice', 'ProviderEvents', ['Provider', 'EventId']],
  ['PK_ProviderEventPulls', 'two places in one list of events', 'ProviderEventPulls', ['Provider']],
  ['UX_Chargebacks_Reference', 'one chargeback of an order twice', 'Chargebacks', ['Provider', 'Reference', 'OrderId']],
  ['UX_ReconciliationDifferences_OpenKey', 'one open difference twice', 'ReconciliationDifferences', ['OpenKey']],
  ['UX_OrderDisputes_Order', 'two disputes about one order', 'OrderDisputes', ['OrderId']],
  ['UX_MessageThreads_Subject', 'two threads of a buyer about one thing', 'MessageThreads', ['Kind', 'SubjectId', 'BuyerId']],
  ['PK_MessageThreadSides', 'one side of a thread twice', 'MessageThreadSides', ['ThreadId', 'UserId']],
  ['UX_Messages_Client', 'two messages of a sender with one id', 'Messages', ['SenderId', 'ClientId']],
  ['UX_Messages_Position', 'two messages in one place', 'Messages', ['ThreadId', 'Position']],
  ['PK_MessageBlocks', 'one person blocked twice', 'MessageBlocks', ['BlockerId', 'BlockedId']],
  ['UX_MessageReports_Reporter', 'one message reported twice', 'MessageReports', ['MessageId', 'ReporterId']],
  ['UX_DisputeFiles_Key', 'two pieces of evidence in one file', 'DisputeFiles', ['StorageKey']],
  ['UX_Returns_OpenKey', 'two open returns of one order', 'Returns', ['OpenKey']],
  ['PK_ReturnItems', 'one item twice in one return', 'ReturnItems', ['ReturnId', 'ItemId']],
  ['UX_OrderItems_Listing', 'one listing twice in one order', 'OrderItems', ['OrderId', 'ListingId']],
  ['PK_BasketItems', 'one listing twice in one basket', 'BasketItems', ['UserId', 'ListingId']],
  ['UX_LedgerEntries_Cause', 'two entries of one cause', 'LedgerEntries', ['Cause']],
  ['PK_LedgerPostings', 'one line of an entry twice', 'LedgerPostings', ['EntryId', 'Line']],
  ['PK_LedgerBalances', 'two balances of one account', 'LedgerBalances', ['SellerId', 'Currency', 'Account']],
  ['PK_OrderFees', 'two fees of one order', 'OrderFees', ['OrderId']],
  ['PK_OrderFeeLines', 'one line of fees twice', 'OrderFeeLines', ['OrderId', 'Line']],
  ['PK_InvoiceCounters', 'two counters of one series', 'InvoiceCounters', ['Series', 'Year']],
  ['UX_Invoices_Number', 'one number twice', 'Invoices', ['Series', 'Year', 'Number']],
  ['UX_Invoices_Cause', 'two receipts for one payment', 'Invoices', ['Cause', 'Kind']],
  ['PK_InvoiceLines', 'one line of an invoice twice', 'InvoiceLines', ['InvoiceId', 'Line']],
  ['PK_SellerTaxDetails', 'two tax details of one seller', 'SellerTaxDetails', ['UserId']],
  ['PK_ExternalAccounts', 'one outside account twice', 'ExternalAccounts', ['Source', 'ExternalId']],
  ['PK_SellerRatingDays', 'one day of a seller twice', 'SellerRatingDays', ['SellerId', 'Day']],
  ['PK_RatingReplies', 'two replies to one rating', 'RatingReplies', ['RatingId']],
  ['UX_RatingReports_Reporter', 'two reports of one person on one rating', 'RatingReports', ['RatingId', 'ReporterId']],
  ['PK_StruckRatings', 'a rating struck out twice', 'StruckRatings', ['RatingId']],
  ['UX_RatingAppeals_Decision', 'two appeals against one decision', 'RatingAppeals', ['DecisionId']],
  ['PK_DashboardVisits', 'two last visits of one seller', 'DashboardVisits', ['SellerId']],
  ['PK_FeatureFeedback', 'two opinions of one person', 'FeatureFeedback', ['UserId', 'Feature']],
  ['UX_Alerts_OpenKey', 'two alerts about one thing', 'Alerts', ['OpenKey']],
  ['UX_MaintenanceRuns_OpenKey', 'two runs of one kind at a time', 'MaintenanceRuns', ['OpenKey']],
  ['PK_FeatureFlags', 'one flag twice', 'FeatureFlags', ['Name']],
  ['PK_FeatureFlagTargets', 'one target of a flag twice', 'FeatureFlagTargets', ['FlagName', 'Kind', 'Value']],
  ['PK_FeatureFlagVariants', 'one variant of a flag twice', 'FeatureFlagVariants', ['FlagName', 'Name']],
  ['UX_FeatureRollouts_OpenKey', 'two rollouts of one flag at a time', 'FeatureRollouts', ['OpenKey']],
  ['PK_SellerCacheInvalidations', 'two invalidations by one event', 'SellerCacheInvalidations', ['Id']],
  ['PK_JobLeases', 'two leases of one job', 'JobLeases', ['Name']],
  ['UX_Tasks_TaskKey', 'two tasks with one key', 'Tasks', ['TaskKey']],
  ['UX_Images_LiveKey', 'one file of one owner twice', 'Images', ['LiveKey']],
  ['PK_ImageVariants', 'one size of an image twice', 'ImageVariants', ['ImageId', 'Format', 'Width']],
  ['UX_ImageVariants_StorageKey', 'two sizes in one file', 'ImageVariants', ['StorageKey']],
  ['PK_ImageUses', 'one image twice in one place', 'ImageUses', ['Purpose', 'SubjectId', 'ImageId']],
  ['PK_Stores', 'two settings of one store', 'Stores', ['SellerId']],
  ['PK_StoreFeatured', 'one listing twice among those that come first', 'StoreFeatured', ['SellerId', 'ListingId']],
  ['UX_StoreFeatured_Position', 'two listings at one place', 'StoreFeatured', ['SellerId', 'Position']],
  ['PK_StoreFollows', 'one follower twice', 'StoreFollows', ['SellerId', 'UserId']],
  ['PK_FollowingVisits', 'two last looks of one person', 'FollowingVisits', ['UserId']],
  ['UX_ImageUses_Position', 'two images at one position', 'ImageUses', ['Purpose', 'SubjectId', 'Position']],
  ['PK_EmailVerifications', 'one link twice', 'EmailVerifications', ['TokenHash']],
  ['UX_SellerVerifications_OpenKey', 'a verification that is submitted twice at a time', 'SellerVerifications', ['OpenKey']],
  ['UX_VerificationFiles_Key', 'two documents in one file', 'SellerVerificationFiles', ['StorageKey']],
  ['PK_SellerPayoutDetails', 'two payout details of one seller', 'SellerPayoutDetails', ['UserId']],
  ['PK_PayoutSettings', 'two schedules of one seller', 'PayoutSettings', ['SellerId']],
  ['PK_PayoutAccounts', 'two payout accounts of one seller', 'PayoutAccounts', ['SellerId']],
  ['UX_PayoutAccounts_ProviderKey', 'two payout accounts with one key', 'PayoutAccounts', ['ProviderKey']],
  ['UX_PayoutAccounts_Reference', 'one account of two sellers', 'PayoutAccounts', ['Reference']],
  ['PK_PayoutCalls', 'two transfers of one payout', 'PayoutCalls', ['PayoutId', 'Kind']],
  ['UX_PayoutCalls_ProviderKey', 'two calls with one key', 'PayoutCalls', ['ProviderKey']],
  ['UX_PayoutFiles_MessageId', 'two bank files with one id', 'PayoutFiles', ['MessageId']],
  ['UX_Payouts_Reference', 'two payouts with one end-to-end id', 'Payouts', ['Reference']],
  ['PK_PayoutLines', 'one posting in two payouts', 'PayoutLines', ['EntryId', 'Line']],
  ['PK_SellerOnboarding', 'two places at which one opens a store', 'SellerOnboarding', ['UserId']],
];

/** Each foreign key and its column: a sound row that points at nothing. */
const REFERENCES: [constraint: string, table: string, column: string][] = [
  ['FK_UserRoles_User', 'UserRoles', 'UserId'],
  ['FK_Sessions_User', 'Sessions', 'UserId'],
  ['FK_PasswordResets_User', 'PasswordResets', 'UserId'],
  ['FK_EmailChanges_User', 'EmailChanges', 'UserId'],
  ['FK_AuthenticatorApps_User', 'AuthenticatorApps', 'UserId'],
  ['FK_RecoveryCodes_User', 'RecoveryCodes', 'UserId'],
  ['FK_Passkeys_User', 'Passkeys', 'UserId'],
  ['FK_Wallets_User', 'Wallets', 'UserId'],
  ['FK_SellerProfiles_User', 'SellerProfiles', 'UserId'],
  ['FK_SellerListings_Seller', 'SellerListings', 'SellerId'],
  ['FK_SellerListings_Category', 'SellerListings', 'Category'],
  ['FK_ListingEvents_Listing', 'ListingEvents', 'ListingId'],
  ['FK_Orders_Listing', 'Orders', 'ListingId'],
  ['FK_Orders_Seller', 'Orders', 'SellerId'],
  ['FK_Orders_Buyer', 'Orders', 'BuyerId'],
  ['FK_Orders_Group', 'Orders', 'GroupId'],
  ['FK_OrderGroups_Buyer', 'OrderGroups', 'BuyerId'],
  ['FK_Returns_Order', 'Returns', 'OrderId'],
  ['FK_ReturnItems_Return', 'ReturnItems', 'ReturnId'],
  ['FK_ReturnItems_Item', 'ReturnItems', 'ItemId'],
  ['FK_ReturnEvents_Return', 'ReturnEvents', 'ReturnId'],
  ['FK_CancelledItems_Order', 'CancelledItems', 'OrderId'],
  ['FK_CancelledItems_Item', 'CancelledItems', 'ItemId'],
  ['FK_OrderItems_Order', 'OrderItems', 'OrderId'],
  ['FK_OrderItems_Listing', 'OrderItems', 'ListingId'],
  ['FK_BasketItems_User', 'BasketItems', 'UserId'],
  ['FK_BasketItems_Listing', 'BasketItems', 'ListingId'],
  ['FK_Addresses_User', 'Addresses', 'UserId'],
  ['FK_OrderEvents_Order', 'OrderEvents', 'OrderId'],
  ['FK_Payments_Order', 'Payments', 'OrderId'],
  ['FK_Payments_Charge', 'Payments', 'ChargeId'],
  ['FK_Charges_Group', 'Charges', 'GroupId'],
  ['FK_Charges_Buyer', 'Charges', 'BuyerId'],
  ['FK_Refunds_Order', 'Refunds', 'OrderId'],
  ['FK_Refunds_RequestedBy', 'Refunds', 'RequestedBy'],
  ['FK_Chargebacks_Order', 'Chargebacks', 'OrderId'],
  ['FK_OrderDisputes_Order', 'OrderDisputes', 'OrderId'],
  ['FK_OrderDisputes_DecidedBy', 'OrderDisputes', 'DecidedBy'],
  ['FK_DisputeEvents_Dispute', 'DisputeEvents', 'DisputeId'],
  ['FK_MessageThreads_Buyer', 'MessageThreads', 'BuyerId'],
  ['FK_MessageThreads_Seller', 'MessageThreads', 'SellerId'],
  ['FK_MessageThreadSides_Thread', 'MessageThreadSides', 'ThreadId'],
  ['FK_MessageThreadSides_User', 'MessageThreadSides', 'UserId'],
  ['FK_Messages_Thread', 'Messages', 'ThreadId'],
  ['FK_Messages_Sender', 'Messages', 'SenderId'],
  ['FK_MessageBlocks_Blocker', 'MessageBlocks', 'BlockerId'],
  ['FK_MessageBlocks_Blocked', 'MessageBlocks', 'BlockedId'],
  ['FK_MessageReports_Message', 'MessageReports', 'MessageId'],
  ['FK_MessageReports_Reporter', 'MessageReports', 'ReporterId'],
  ['FK_MessageReports_DecidedBy', 'MessageReports', 'DecidedBy'],
  ['FK_DisputeFiles_Dispute', 'DisputeFiles', 'DisputeId'],
  ['FK_DisputeFiles_Uploader', 'DisputeFiles', 'UploaderId'],
  ['FK_LedgerPostings_Entry', 'LedgerPostings', 'EntryId'],
  ['FK_LedgerPostings_Seller', 'LedgerPostings', 'SellerId'],
  ['FK_CommissionRules_Category', 'CommissionRules', 'CategoryPath'],
  ['FK_CommissionRules_Seller', 'CommissionRules', 'SellerId'],
  ['FK_CommissionRules_CreatedBy', 'CommissionRules', 'CreatedBy'],
  ['FK_OrderFees_Order', 'OrderFees', 'OrderId'],
  ['FK_OrderFeeLines_Order', 'OrderFeeLines', 'OrderId'],
  ['FK_OrderFeeLines_Rule', 'OrderFeeLines', 'RuleId'],
  ['FK_Invoices_Order', 'Invoices', 'OrderId'],
  ['FK_Invoices_Recipient', 'Invoices', 'RecipientId'],
  ['FK_InvoiceLines_Invoice', 'InvoiceLines', 'InvoiceId'],
  ['FK_SellerTaxDetails_User', 'SellerTaxDetails', 'UserId'],
  ['FK_SellerRatings_Seller', 'SellerRatings', 'SellerId'],
  ['FK_SellerRatings_Rater', 'SellerRatings', 'RaterId'],
  ['FK_SellerRatings_Order', 'SellerRatings', 'OrderId'],
  ['FK_RatingHelpfulVotes_User', 'RatingHelpfulVotes', 'UserId'],
  ['FK_ExternalAccounts_User', 'ExternalAccounts', 'UserId'],
  ['FK_SellerRatingDays_Seller', 'SellerRatingDays', 'SellerId'],
  ['FK_SellerCacheInvalidations_Seller', 'SellerCacheInvalidations', 'SellerId'],
  ['FK_RatingReplies_Seller', 'RatingReplies', 'SellerId'],
  ['FK_RatingReports_Reporter', 'RatingReports', 'ReporterId'],
  ['FK_StruckRatings_Seller', 'StruckRatings', 'SellerId'],
  ['FK_StruckRatings_Rater', 'StruckRatings', 'RaterId'],
  ['FK_StruckRatings_Decision', 'StruckRatings', 'DecisionId'],
  ['FK_RatingAppeals_Decision', 'RatingAppeals', 'DecisionId'],
  ['FK_RatingAppeals_Appellant', 'RatingAppeals', 'AppellantId'],
  ['FK_DashboardVisits_Seller', 'DashboardVisits', 'SellerId'],
  ['FK_FeatureFeedback_User', 'FeatureFeedback', 'UserId'],
  ['FK_FeatureFlagTargets_Flag', 'FeatureFlagTargets', 'FlagName'],
  ['FK_FeatureFlagVariants_Flag', 'FeatureFlagVariants', 'FlagName'],
  ['FK_Images_Owner', 'Images', 'OwnerId'],
  ['FK_Stores_Seller', 'Stores', 'SellerId'],
  ['FK_StoreFeatured_Seller', 'StoreFeatured', 'SellerId'],
  ['FK_StoreFeatured_Listing', 'StoreFeatured', 'ListingId'],
  ['FK_StoreFollows_Seller', 'StoreFollows', 'SellerId'],
  ['FK_StoreFollows_User', 'StoreFollows', 'UserId'],
  ['FK_FollowingVisits_User', 'FollowingVisits', 'UserId'],
  ['FK_ImageVariants_Image', 'ImageVariants', 'ImageId'],
  ['FK_ImageUses_Image', 'ImageUses', 'ImageId'],
  ['FK_EmailVerifications_User', 'EmailVerifications', 'UserId'],
  ['FK_SellerVerifications_User', 'SellerVerifications', 'UserId'],
  ['FK_SellerVerifications_DecidedBy', 'SellerVerifications', 'DecidedBy'],
  ['FK_SellerVerificationFiles_Verification', 'SellerVerificationFiles', 'VerificationId'],
  ['FK_EmailMessages_User', 'EmailMessages', 'UserId'],
  ['FK_SellerPayoutDetails_User', 'SellerPayoutDetails', 'UserId'],
  ['FK_PayoutAccounts_Seller', 'PayoutAccounts', 'SellerId'],
  ['FK_PayoutCalls_Payout', 'PayoutCalls', 'PayoutId'],
  ['FK_PayoutSettings_Seller', 'PayoutSettings', 'SellerId'],
  ['FK_Payouts_Seller', 'Payouts', 'SellerId'],
  ['FK_Payouts_File', 'Payouts', 'FileId'],
  ['FK_PayoutLines_Entry', 'PayoutLines', 'EntryId'],
  ['FK_PayoutLines_Payout', 'PayoutLines', 'PayoutId'],
  ['FK_SellerOnboarding_User', 'SellerOnboarding', 'UserId'],
];

it.each<Engine>(['sqlite', 'sqlserver'])('every named constraint of the %s migrations is tried here', (engine) => {
  const dir = path.join(ROOT, 'prisma', 'migrations', engine);
  const sql = readdirSync(dir)
    .filter((file) => /^\d+_\w+\.sql$/.test(file))
    .map((file) => readFileSync(path.join(dir, file), 'utf8'));
  const dropped = new Set(['FK_RatingHelpfulVotes_Rating', 'UX_Users_Email']);
  const named = [
    ...new Set([...sql.join('\n').matchAll(/(?:CONSTRAINT|UNIQUE INDEX) ((?:CK|FK|PK|UX)_\w+)/g)].map(([, name]) => name!)),
  ].filter((name) => !dropped.has(name));
  // Ids that the database gives itself cannot be given twice.
  const given = new Set(
    [...sql.join('\n').matchAll(/CREATE TABLE (\w+) \(\s+Id INT (?:NOT NULL )?IDENTITY/g)].map(([, table]) => `PK_${table}`),
  );
  const tried = new Set(
    [...CHECKS, ...KEYS, ...REFERENCES]
      .map(([name]) => name)
      .concat(
        'CK_Orders_Self',
        'CK_SellerRatings_Self',
        'FK_Categories_Parent',
        'FK_Invoices_Corrects',
        'CK_StoreFollows_Self',
        'CK_SellerVerifications_Decision',
      ),
  );
  // SQLite adds columns with checks of their own, which have no names.
  if (engine === 'sqlite') tried.delete('CK_Users_Stars');
  expect([...tried].sort()).toEqual(named.filter((name) => !given.has(name)).sort());
});

onEachEngine('constraints', (engine) => {
  const db = useDatabase(engine);
  let first: Rows; // in the database
  let second: Rows; // as sound as the first, with other keys

  beforeAll(async () => {
    const seller = await createSeller(db.database);
    const people = (await createPeople(db.database, 2)).map(({ id }) => id);
    const orders = await completeOrders(db.database, seller, people);
    const sound = (i: 0 | 1, ratingId: number): Rows => {
      const [mine, other] = [people[i]!, people[1 - i]!];
      const order = orders.get(mine)!;
      return {
        Users: { Email: `${i}@assay.example`, FullName: 'P', SearchName: 'p', EmailVerifiedAt: '2030-01-01T00:00:00.000' },
        UserRoles: { UserId: mine, Role: 'ops' },
        Sessions: { Id: `session-${i}`, UserId: mine, TokenHash: 'h', ExpiresAt: '2030-01-01T00:00:00.000' },
        AttemptCounters: { KeyHash: `h${i}`, Attempts: 1, ExpiresAt: '2030-01-01T00:00:00.000' },
        PasswordResets: {
          Email: `${i}@assay.example`,
          CreatedAt: '2030-01-01T00:00:00.000',
          ExpiresAt: '2030-01-01T00:00:00.000',
          UserId: mine,
          TokenHash: `h${i}`,
        },
        EmailChanges: {
          UserId: mine,
          NewEmail: `new${i}@assay.example`,
          CreatedAt: '2030-01-01T00:00:00.000',
          ExpiresAt: '2030-01-01T00:00:00.000',
          OldTokenHash: `o${i}`,
          NewTokenHash: `n${i}`,
        },
        AuthenticatorApps: {
          UserId: mine,
          Sealed: 's',
          KeyId: 'k',
          SessionId: `session-${i}`,
          CreatedAt: '2030-01-01T00:00:00.000',
          LastStep: 0,
        },
        RecoveryCodes: { UserId: mine, Number: 1, CodeHash: 'h' },
        Passkeys: {
          UserId: mine,
          CredentialHash: `h${i}`,
          CredentialId: `c${i}`,
          PublicKey: 'p',
          SignCount: 0,
          Transports: '',
          Name: 'N',
          CreatedAt: '2030-01-01T00:00:00.000',
        },
        PasskeyChallenges: {
          ChallengeHash: `h${i}`,
          Purpose: 'register',
          SessionId: `session-${i}`,
          CreatedAt: '2030-01-01T00:00:00.000',
          ExpiresAt: '2030-01-01T00:00:00.000',
        },
        Wallets: { Address: `0x${String(i).repeat(40)}`, UserId: mine, ChainId: 1 },
        WalletNonces: { NonceHash: `n${i}`, Purpose: 'link', SessionId: `session-${i}`, ExpiresAt: '2030-01-01T00:00:00.000' },
        IdempotencyKeys: { UserId: mine, KeyHash: `k${i}`, RequestHash: 'r', Status: 'done', LockedUntil: '2030-01-01T00:00:00.000' },
        SellerProfiles: { UserId: mine },
        SellerListings: { SellerId: seller.id, Title: 'T', PriceE8: 1, Currency: 'EUR', Category: 'other' },
        Categories: { Path: `ceramics/c${i}`, ParentPath: 'ceramics', Name: 'C', Position: 9 },
        ListingEvents: { ListingId: seller.listingId, ToStatus: 'paused', ActorId: seller.id },
        Orders: { ListingId: seller.listingId, SellerId: seller.id, BuyerId: mine, Title: 'T', PriceE8: 1, Currency: 'EUR' },
        OrderGroups: { BuyerId: mine, Currency: 'EUR', CreatedAt: AT },
        OrderItems: {
          OrderId: order,
          ListingId: seller.listingId,
          Title: 'T',
          Category: 'other',
          UnitPriceE8: 1,
          Quantity: 1,
          Stock: 'none',
        },
        CancelledItems: { OrderId: order, ItemId: 1, Quantity: 1, ActorId: mine, Reason: 'other', At: AT },
        Returns: { OrderId: order, OpenKey: `open:${i}`, Reason: 'damaged', Status: 'requested', DueAt: AT, CreatedAt: AT },
        ReturnItems: { ReturnId: 1 + i, ItemId: 1, Quantity: 1 },
        ReturnEvents: { ReturnId: 1, ActorId: mine, Action: 'request', At: AT },
        BasketItems: { UserId: mine, ListingId: seller.listingId, Quantity: 1, PriceE8: 1, Currency: 'EUR', AddedAt: AT },
        Addresses: { UserId: mine, RecipientName: 'N', Line1: 'L', City: 'C', Country: 'PT', CreatedAt: AT, LastUsedAt: AT },
        OrderEvents: { OrderId: order, ToStatus: 'paid', ActorId: mine },
        Charges: {
          BuyerId: mine,
          Provider: 'test',
          Reference: 'r',
          AmountE8: 1,
          Currency: 'EUR',
          ProviderKey: `charge:${i}`,
          Status: 'captured',
          BegunAt: AT,
          UpdatedAt: AT,
        },
        Payments: {
          OrderId: order,
          Provider: 'test',
          Reference: 'r',
          AmountE8: 1,
          Currency: 'EUR',
          Status: 'captured',
          ChargeId: 1, // the first one
          ChargeAttempt: 1,
        },
        ProviderEvents: {
          Provider: 'stripe',
          EventId: `evt_${i}`,
          Type: 'refund.created',
          Subject: 'refund',
          Reference: 're_1',
          Status: 'received',
          CreatedAt: '2024-01-01T00:00:00',
          ReceivedAt: '2024-01-01T00:00:00',
        },
        ProviderEventPulls: { Provider: `provider-${i}`, PulledTo: '2024-01-01T00:00:00' },
        Refunds: {
          OrderId: order,
          AmountE8: 1,
          Reason: 'damaged',
          RequestedBy: seller.id,
          Status: 'pending',
          Attempt: 1,
          ProviderKey: `k${i}`,
          KeyedAt: '2030-01-01T00:00:00.000',
          Reference: '',
          CreatedAt: '2030-01-01T00:00:00.000',
          UpdatedAt: '2030-01-01T00:00:00.000',
        },
        LedgerEntries: { Cause: `payment:${i}`, Kind: 'payment', Currency: 'EUR', Lines: 2, At: AT },
        LedgerPostings: { EntryId: 1 + i, Line: 1, Account: 'clearing', SellerId: seller.id, Currency: 'EUR', AmountMinor: 5 },
        LedgerBalances: { SellerId: mine, Currency: 'EUR', Account: 'clearing', BalanceMinor: 5 },
        CommissionRules: {
          BasisPoints: 500,
          FixedMinor: 1,
          MinimumMinor: 0,
          Currency: 'EUR',
          ValidFrom: AT,
          CreatedBy: mine,
          CreatedAt: AT,
        },
        OrderFees: {
          OrderId: order,
          Currency: 'EUR',
          BaseMinor: 100,
          CommissionMinor: 10,
          VatMinor: 2,
          VatBasisPoints: 1900,
          VatTreatment: 'standard',
          FrozenAt: AT,
        },
        OrderFeeLines: {
          OrderId: orders.get(people[0]!)!, // whose fees are in the database
          Line: 1 + i,
          BaseMinor: 100,
          BasisPoints: 500,
          FixedMinor: 0,
          MinimumMinor: 0,
          CommissionMinor: 10,
        },
        InvoiceCounters: { Series: `S${i}`, Year: 2030, LastNumber: 1 },
        Invoices: {
          Kind: 'receipt',
          Series: 'R',
          Year: 2030,
          Number: 1 + i,
          Cause: `payment:${i}`,
          OrderId: order,
          RecipientId: mine,
          Currency: 'EUR',
          NetMinor: 100,
          VatMinor: 0,
          VatBasisPoints: 0,
          VatTreatment: 'none',
          IssuerName: 'I',
          IssuerAddress: '',
          RecipientName: 'R',
          RecipientAddress: '',
          IsTest: 0,
          IssuedAt: AT,
          StorageKey: 'k',
        },
        InvoiceLines: { InvoiceId: 1, Line: 1 + i, Text: 'T', Quantity: 1, AmountMinor: 100 },
        SellerTaxDetails: { UserId: mine, Name: 'N', Address: 'A', Country: 'DE', UpdatedAt: AT },
        SellerRatings: { SellerId: seller.id, RaterId: mine, Rating: 5, OrderId: order },
        SellerRatingHistory: { RatingId: ratingId, SellerId: seller.id, RaterId: mine, Version: 1 + i, Action: 'submitted', Rating: 5 },
        RatingHelpfulVotes: { RatingId: ratingId, UserId: other },
        ExternalAccounts: { Source: 'otc', ExternalId: `e${i}`, UserId: mine },
        SellerRatingDays: { SellerId: seller.id, Day: i },
        RatingReplies: { RatingId: ratingId + i, SellerId: seller.id, Text: 'T' },
        RatingReports: { RatingId: ratingId, ReporterId: mine, Reason: 'fake' },
        RatingDecisions: {
          RatingId: ratingId,
          SellerId: seller.id,
          RaterId: mine,
          Rating: 5,
          Action: 'struck',
          Reason: 'fake',
          Statement: 'S',
          DecidedBy: other,
        },
        StruckRatings: {
          RatingId: ratingId + 1 + i,
          SellerId: seller.id,
          RaterId: mine,
          Rating: 1,
          Source: 'purchase',
          Version: 2,
          HelpfulCount: 0,
          CreatedAt: '2030-01-01T00:00:00.000',
          UpdatedAt: '2030-01-01T00:00:00.000',
          DecisionId: 1,
        },
        RatingAppeals: { DecisionId: 1 + i, AppellantId: mine, Text: 'T' },
        DashboardVisits: { SellerId: mine, VisitedAt: '2030-01-01T00:00:00.000' },
        FeatureFeedback: { UserId: mine, Feature: 'f', Score: 5 },
        Alerts: {
          Kind: 'discrepancies',
          OpenKey: `k${i}`,
          Title: 'T',
          Evidence: 'E',
          OpenedAt: '2030-01-01T00:00:00.000',
          LastSeenAt: '2030-01-01T00:00:00.000',
        },
        SellerCacheInvalidations: { Id: 1_000_000 + i, SellerId: seller.id, InvalidationType: 'seller', Component: 'ratings' },
        JobLeases: { Name: `job-${i}`, NextRunAt: '2030-01-01T00:00:00.000' },
        MaintenanceRuns: { Kind: 'verify', OpenKey: `k${i}`, RequestedAt: '2030-01-01T00:00:00.000' },
        FeatureFlags: {
          Name: `flag-${i}`,
          Description: 'D',
          Owner: 'O',
          Enabled: 1,
          RolloutPercentage: 50,
          Version: 1,
          UpdatedAt: '2030-01-01T00:00:00.000',
        },
        FeatureFlagTargets: { FlagName: 'flag-0', Kind: 'role', Value: `r${i}` },
        FeatureFlagVariants: { FlagName: 'flag-0', Name: `v${i}`, Weight: 1, Position: i },
        FeatureFlagChanges: {
          FlagName: 'flag-0',
          At: '2030-01-01T00:00:00.000',
          ActorKind: 'system',
          Action: 'on',
          StateBefore: '{}',
          StateAfter: '{}',
          RequestId: 'r',
        },
        FeatureRollouts: {
          FlagName: 'seller-ratings',
          OpenKey: `r${i}`,
          Status: 'running',
          Phases: '10,100',
          Phase: 0,
          StartPercentage: 0,
          WaitMinutes: 60,
          RequestsMin: 100,
          ErrorRateMaxPermille: 50,
          P95MaxMs: 1000,
          RequestedAt: '2030-01-01T00:00:00.000',
          PhaseStartedAt: '2030-01-01T00:00:00.000',
          Guards: '[]',
        },
        Images: {
          OwnerId: mine,
          Purpose: 'listing',
          Status: 'ready',
          LiveKey: `k${i}`,
          Bytes: 1,
          LeaseUntil: '2030-01-01T00:00:00.000',
          CreatedAt: '2030-01-01T00:00:00.000',
          UpdatedAt: '2030-01-01T00:00:00.000',
        },
        ImageVariants: { ImageId: 1, Format: 'webp', Width: 100 + i, Height: 100, StorageKey: `k${i}`, Bytes: 1 },
        ImageUses: { Purpose: 'listing', SubjectId: 1 + i, ImageId: 1 + i, Position: i, AltText: 'T' },
        Stores: { SellerId: mine, Accent: '#2d5488', Version: 1, UpdatedAt: '2030-01-01T00:00:00.000' },
        StoreFeatured: { SellerId: seller.id, ListingId: seller.listingId + i, Position: i },
        StoreFollows: { SellerId: seller.id, UserId: mine, CreatedAt: '2030-01-01T00:00:00.000' },
        FollowingVisits: { UserId: mine, VisitedAt: '2030-01-01T00:00:00.000' },
        EmailVerifications: { TokenHash: `t${i}`, UserId: mine, Email: 'e@assay.example', CreatedAt: AT, ExpiresAt: AT },
        SellerVerifications: { UserId: mine, Status: 'submitted', OpenKey: `open:${mine}`, CreatedAt: AT },
        Chargebacks: {
          Provider: 'stripe',
          Reference: `dp_${i}`,
          OrderId: order,
          AmountE8: 1,
          Status: 'open',
          Reason: 'fraudulent',
          Steps: 0,
          OpenedAt: AT,
          UpdatedAt: AT,
        },
        ReconciliationRuns: {
          Provider: 'stripe',
          FromAt: AT,
          ToAt: '2031-01-01T00:00:00.000',
          Compared: 1,
          Differences: 0,
          FinishedAt: AT,
        },
        ReconciliationDifferences: {
          Provider: 'stripe',
          CheckName: 'missing-here',
          Kind: 'refund',
          Reference: 're_1',
          OpenKey: `stripe:${i}`,
          Here: 'nothing',
          There: '1.00 EUR, done',
          FoundAt: AT,
          SeenAt: AT,
        },
        OrderDisputes: {
          OrderId: order,
          Reason: 'damaged',
          Status: 'opened',
          OpenedFrom: 'shipped',
          DecidedBy: seller.id,
          CreatedAt: AT,
        },
        DisputeEvents: { DisputeId: 1, ActorId: mine, Action: 'open', At: AT },
        DisputeFiles: {
          DisputeId: 1,
          UploaderId: mine,
          StorageKey: `private/evidence-${i}`,
          Type: 'application/pdf',
          Bytes: 1,
          CreatedAt: AT,
        },
        MessageThreads: {
          Kind: 'listing',
          SubjectId: 1 + i,
          BuyerId: mine,
          SellerId: seller.id,
          LastPosition: 0,
          CreatedAt: AT,
          LastAt: AT,
        },
        MessageThreadSides: { ThreadId: 1, UserId: mine, Role: 'buyer', ReadUpTo: 0 },
        Messages: { ThreadId: 1, SenderId: mine, ClientId: `client-${i}`, Position: 1 + i, Status: 'sent', Text: 'T', CreatedAt: AT },
        MessageBlocks: { BlockerId: mine, BlockedId: other, CreatedAt: AT },
        MessageReports: {
          MessageId: 1,
          ReporterId: mine,
          Reason: 'spam',
          CreatedAt: AT,
          Decision: 'removed',
          DecidedBy: other,
          DecidedAt: AT,
        },
        SellerVerificationFiles: { VerificationId: 1, StorageKey: `private/${i}`, Type: 'application/pdf', Bytes: 1, CreatedAt: AT },
        Tasks: {
          Name: 'payment.refund',
          TaskKey: `task-${i}`,
          Input: '{}',
          Status: 'queued',
          Attempts: 0,
          DueAt: '2030-01-01T00:00:00.000',
          RequestId: 'request',
          CreatedAt: '2030-01-01T00:00:00.000',
        },
        EmailMessages: {
          Kind: 'verify-email',
          UserId: mine,
          Recipient: 'e@assay.example',
          Subject: 'S',
          TextBody: 'T',
          HtmlBody: 'H',
          Status: 'queued',
          LeaseUntil: AT,
          CreatedAt: AT,
        },
        PayoutSettings: { SellerId: mine, Schedule: 'weekly', NextAt: AT, UpdatedAt: AT },
        PayoutFiles: { MessageId: `AB${i}`, ExecuteOn: AT, CreatedAt: AT },
        Payouts: {
          SellerId: seller.id,
          Currency: 'EUR',
          AmountMinor: 5,
          Status: 'sent',
          Method: 'sepa',
          Reference: `AP${i}`,
          Masked: 'm',
          FileId: 1,
          CreatedAt: AT,
        },
        PayoutAccounts: {
          SellerId: mine,
          Provider: 'stripe',
          ProviderKey: `payout-account:${i}`,
          KeyedAt: AT,
          Reference: `acct_${i}`,
          State: 'ready',
          Country: 'DE',
          ConfirmedAt: AT,
          CreatedAt: AT,
          UpdatedAt: AT,
        },
        PayoutCalls: {
          PayoutId: 1,
          Kind: (['transfer', 'payout', 'reversal'] as const)[i % 3]!,
          Provider: 'stripe',
          Account: 'acct_1',
          ProviderKey: `payout-transfer:${i}`,
          Attempt: 1,
          KeyedAt: AT,
          Status: 'done',
          Reference: `tr_${i}`,
          UpdatedAt: AT,
        },
        PayoutLines: { EntryId: 1, Line: 1 + i, PayoutId: 1 },
        SellerPayoutDetails: {
          UserId: mine,
          Method: 'bank',
          Sealed: 's',
          KeyId: 'k',
          Masked: 'm',
          Version: 1,
          CreatedAt: AT,
          UpdatedAt: AT,
        },
        SellerOnboarding: { UserId: mine, CurrentStep: 'profile', UpdatedAt: AT },
        ImportRuns: { Source: 'otc', FileName: 'f.csv', Fingerprint: `f${i}` },
      };
    };
    await insert('SellerRatings', sound(0, 0).SellerRatings!);
    const rating = await db.database.prisma.sellerRating.findFirstOrThrow({ select: { id: true } });
    [first, second] = [sound(0, rating.id), sound(1, rating.id)];
    for (const [table, row] of Object.entries(first)) if (table !== 'SellerRatings') await insertSound(table, row);
    await insert('RatingDecisions', first.RatingDecisions!); // for the second appeal
    await insert('Images', changed('Images', { LiveKey: 'k2' })); // for the second use
  });

  const run = (sql: string) => db.database.write(Prisma.raw(sql));
  const insert = (table: string, ...rows: Row[]) => {
    const values = rows.map((row) => Object.values(row).map((value) => (typeof value === 'string' ? `'${value}'` : String(value))));
    return run(
      `INSERT INTO ${table} (${Object.keys(rows[0]!).join(', ')}) VALUES ${values.map((row) => `(${row.join(', ')})`).join(', ')}`,
    );
  };
  /** Postings are sound in pairs: the lines of an entry sum to zero. */
  const insertSound = (table: string, row: Row) =>
    table === 'LedgerPostings'
      ? insert(table, row, { ...row, Line: 2, Account: 'held', AmountMinor: -Number(row.AmountMinor) })
      : insert(table, row);
  /** SQL Server names the constraint. SQLite names a CHECK, the columns of a key, and nothing for a foreign key. */
  const refused = async (statement: Promise<unknown>, constraint: string, sqlite: string | RegExp = constraint) => {
    const words = engine === 'sqlite' ? new RegExp(sqlite, 'i') : new RegExp(constraint, 'i');
    await expect(statement).rejects.toThrow(words);
  };
  const changed = (table: string, change: Row): Row => ({ ...second[table], ...change });

  it.each(CHECKS)('%s refuses %s', async (constraint, _, table, change) => {
    const sqlite = constraint === 'CK_Users_Stars' ? `CHECK constraint failed: ${Object.keys(change)[0]} >= 0` : constraint;
    await refused(insert(table, changed(table, change)), constraint, sqlite);
  });

  it('CK_SellerRatings_Self refuses rating oneself, also by a later change', async () => {
    const { SellerId } = second.SellerRatings!;
    await refused(insert('SellerRatings', changed('SellerRatings', { RaterId: SellerId! })), 'CK_SellerRatings_Self');
    await refused(run(`UPDATE SellerRatings SET RaterId = SellerId`), 'CK_SellerRatings_Self');
  });

  it('CK_StoreFollows_Self refuses following oneself', async () => {
    await refused(insert('StoreFollows', changed('StoreFollows', { UserId: second.StoreFollows!.SellerId! })), 'CK_StoreFollows_Self');
  });

  it('CK_SellerVerifications_Decision refuses deciding about one’s own documents', async () => {
    const { UserId } = second.SellerVerifications!;
    await refused(insert('SellerVerifications', changed('SellerVerifications', { DecidedBy: UserId! })), 'CK_SellerVerifications_Decision');
  });

  it('CK_Orders_Self refuses buying from oneself', async () => {
    await refused(insert('Orders', changed('Orders', { BuyerId: second.Orders!.SellerId! })), 'CK_Orders_Self');
  });

  it('CK_SellerRatings_Source refuses an imported rating that claims an order, and takes one without', async () => {
    await refused(insert('SellerRatings', changed('SellerRatings', { Source: 'imported' })), 'CK_SellerRatings_Source');
    const imported = changed('SellerRatings', { Source: 'imported', OrderId: null, RaterId: (await createPeople(db.database, 1))[0]!.id });
    expect(await insert('SellerRatings', imported)).toBe(1);
  });

  // SQLite's columns have no types; on SQL Server TINYINT is there first.
  if (engine === 'sqlite')
    it('stars that are no whole number are refused', async () => {
      for (const Rating of [4.5, 'five'])
        await refused(insert('SellerRatings', changed('SellerRatings', { Rating })), 'CK_SellerRatings_Rating');
    });

  it('counts cannot fall below zero by a change either, and are kept then', async () => {
    await refused(run(`UPDATE Users SET Stars3 = Stars3 - 1`), 'CK_Users_Stars', 'Stars3 >= 0');
    await refused(run(`UPDATE SellerRatings SET HelpfulCount = HelpfulCount - 1`), 'CK_SellerRatings_HelpfulCount');
    expect(await db.database.prisma.user.count({ where: { stars3: { not: 0 } } })).toBe(0);
  });

  it.each(KEYS)('%s refuses %s', async (constraint, _, table, columns) => {
    const same = Object.fromEntries(columns.map((column) => [column, first[table]![column]!]));
    const sqlite = `UNIQUE constraint failed: ${columns.map((column) => `${table}.${column}`).join(', ')}$`;
    await refused(insert(table, changed(table, same)), constraint, sqlite);
  });

  it('the audit log takes no change and loses nothing but details that are erased', async () => {
    await insert('AuditLog', { ActorKind: 'system', Action: 'a', Entity: 'e', EntityId: '1', Detail: 'x', AddressPrefix: 'y' });
    const changes = [
      "Action = 'b'",
      'ActorId = 7',
      "ActorKind = 'user'",
      "Entity = 'f'",
      "EntityId = '2'",
      "RequestId = 'r'",
      "Detail = 'z'",
    ];
    const refusedChanges = [...changes, "AddressPrefix = 'z'", "Detail = NULL, Action = 'b'"].map(
      (change) => `UPDATE AuditLog SET ${change}`,
    );
    for (const statement of [...refusedChanges, `UPDATE AuditLog SET At = '2020-01-01'`, `DELETE FROM AuditLog`])
      await expect(run(statement)).rejects.toThrow('append-only');
    await run(`UPDATE AuditLog SET Detail = NULL, AddressPrefix = NULL WHERE Action = 'a'`);
    const [entry] = await db.database.prisma.auditEntry.findMany({ where: { action: 'a' } });
    expect(entry).toMatchObject({ entity: 'e', entityId: '1', detail: null, addressPrefix: null });
    await expect(run(`UPDATE AuditLog SET Detail = 'x'`)).rejects.toThrow('append-only');
  });

  it('entries of the ledger and their postings are never changed', async () => {
    for (const table of ['LedgerEntries', 'LedgerPostings'])
      for (const statement of [`UPDATE ${table} SET Currency = 'USD'`, `DELETE FROM ${table}`])
        await expect(run(statement)).rejects.toThrow('never changed');
  });

  it('the postings of an entry sum to zero in its currency, and are as many as it says', async () => {
    const line = changed('LedgerPostings', { Account: 'held' });
    const faults: Row[][] = [
      [{ ...line }, { ...line, Line: 2, AmountMinor: -4 }],
      [{ ...line }, { ...line, Line: 2, AmountMinor: -5, Currency: 'USD' }],
      [{ ...line }, { ...line, Line: 2, AmountMinor: -4 }, { ...line, Line: 3, AmountMinor: -1 }],
      [{ ...line }, { ...line, Line: 3, AmountMinor: -5 }],
    ];
    await insert('LedgerEntries', changed('LedgerEntries', { Cause: 'payment:9' }));
    const { id } = await db.database.prisma.ledgerEntry.findFirstOrThrow({ where: { cause: 'payment:9' } });
    for (const rows of faults)
      await expect(insert('LedgerPostings', ...rows.map((row) => ({ ...row, EntryId: id })))).rejects.toThrow('sum to zero');
    // Nothing is added to an entry afterwards.
    await expect(insert('LedgerPostings', { ...first.LedgerPostings, Line: 3 })).rejects.toThrow('sum to zero');
    expect(await db.database.prisma.ledgerPosting.count()).toBe(2);
  });

  it('people without an e-mail address are as many as one likes', async () => {
    for (let i = 0; i < 2; i++) expect(await insert('Users', changed('Users', { Email: null }))).toBe(1);
  });

  it('outside accounts that differ in case alone are two people', async () => {
    const userId = second.ExternalAccounts!.UserId!;
    for (const ExternalId of ['abc', 'ABC'])
      expect(await insert('ExternalAccounts', { Source: 'otc', ExternalId, UserId: userId })).toBe(1);
  });

  it.each(REFERENCES)('%s refuses a row that points at nothing', async (constraint, table, column) => {
    await refused(insertSound(table, changed(table, { [column]: 987_654 })), constraint, 'FOREIGN KEY constraint failed');
  });

  it('FK_Invoices_Corrects refuses a credit note for a document that is not there', async () => {
    const note = changed('Invoices', { Kind: 'receipt-credit', CorrectsId: 987_654 });
    await refused(insert('Invoices', note), 'FK_Invoices_Corrects', 'FOREIGN KEY constraint failed');
  });

  it('FK_Categories_Parent refuses a category below one that is not there', async () => {
    await refused(
      insert('Categories', changed('Categories', { Path: 'lost/c', ParentPath: 'lost' })),
      'FK_Categories_Parent',
      'FOREIGN KEY constraint failed',
    );
  });

  it.each(['Users', 'Categories', 'SellerListings', 'Orders', 'RatingDecisions'])(
    'rows of %s that others point at cannot be deleted',
    async (table) => {
      await refused(run(`DELETE FROM ${table}`), 'foreign key|reference', 'FOREIGN KEY constraint failed');
    },
  );

  it('the same rows without the fault are taken: nothing above was refused for another reason', async () => {
    for (const [table, row] of Object.entries(second))
      expect(await insertSound(table, row), table).toBe(table === 'LedgerPostings' ? 2 : 1);
  });
});
