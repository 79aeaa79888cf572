import type {
  AlertKind,
  AlertStatus,
  ChargebackStatus,
  ContactKind,
  DisputeAction,
  DisputeOutcome,
  DisputeReason,
  DisputeStatus,
  DocumentType,
  ErrorCode,
  FlagAction,
  FlagName,
  FlagTarget,
  InvoiceKind,
  LedgerAccount,
  LedgerKind,
  ListingStatus,
  MaintenanceKind,
  MaintenanceStatus,
  MessageDecision,
  MessageReportReason,
  MessageStatus,
  OnboardingStepName,
  OrderReason,
  OrderStatus,
  ReturnAction,
  ReturnReason,
  ReturnStatus,
  PaymentStatus,
  PayoutInterval,
  PayoutAccountState,
  PayoutCallKind,
  PayoutCallStatus,
  PayoutMethod,
  PayoutStatus,
  RatingVersionView,
  ReconciledKind,
  ReconciliationCheck,
  RefundReason,
  ReportReason,
  Role,
  RolloutStatus,
  Stars,
  StrikeReason,
  ThreadKind,
  ThreadRole,
  VatTreatment,
} from '@assay/contract';
import type {
  DecisionRow,
  EmailKind,
  ImageRow,
  Invalidation,
  OrderItemRow,
  PayoutDetailsRow,
  ProviderEventRow,
  RatingRow,
  RefundStatus,
  TaskStatus,
  VariantRow,
  VerificationStatusName,
} from '@assay/core';
import type { Columns, OptionalColumns } from '../generated/tables.ts';

export type TableName = keyof Columns;

/** The same shape, with `never` for each table or column that the schema does not have. */
type InSchema<V> = { [T in keyof V]: T extends TableName ? { [C in keyof V[T]]: C extends keyof Columns[T] ? V[T][C] : never } : never };
type Checked<V extends InSchema<V>> = V;

/** Columns whose values are narrower than the schema can say. CHECK constraints and input schemas hold the data to them. */
type Vocabulary = Checked<{
  Alerts: { Kind: AlertKind; Status: AlertStatus };
  Chargebacks: { Status: ChargebackStatus };
  Charges: { Status: PaymentStatus };
  DisputeEvents: { Action: DisputeAction; Outcome: DisputeOutcome };
  DisputeFiles: { Type: DocumentType };
  EmailChanges: { Outcome: 'done' | 'refused' | 'replaced' };
  EmailMessages: { Kind: EmailKind; Status: 'queued' | 'sending' | 'sent' | 'dead' };
  FeatureFlagChanges: { FlagName: FlagName; Action: FlagAction };
  FeatureFlagTargets: { FlagName: FlagName; Kind: FlagTarget['kind'] };
  FeatureFlags: { Name: FlagName };
  FeatureFlagVariants: { FlagName: FlagName };
  FeatureRollouts: { FlagName: FlagName; Status: RolloutStatus };
  IdempotencyKeys: { Status: 'in-flight' | 'done' };
  Images: { Purpose: ImageRow['purpose']; Status: ImageRow['status']; Failure: ErrorCode };
  ImageUses: { Purpose: ImageRow['purpose'] };
  ImageVariants: { Format: VariantRow['format'] };
  LedgerBalances: { Account: LedgerAccount };
  LedgerEntries: { Kind: LedgerKind };
  LedgerPostings: { Account: LedgerAccount };
  ListingEvents: { FromStatus: ListingStatus; ToStatus: ListingStatus };
  MaintenanceRuns: { Kind: MaintenanceKind; Status: MaintenanceStatus };
  MessageReports: { Reason: MessageReportReason; Decision: MessageDecision };
  Messages: { Status: MessageStatus; HeldFor: ContactKind };
  MessageThreads: { Kind: ThreadKind };
  MessageThreadSides: { Role: ThreadRole };
  Invoices: { Kind: InvoiceKind; VatTreatment: VatTreatment };
  OrderDisputes: { Reason: DisputeReason; Status: DisputeStatus; OpenedFrom: OrderStatus; Outcome: DisputeOutcome };
  OrderEvents: { FromStatus: OrderStatus; ToStatus: OrderStatus; Reason: OrderReason };
  OrderFees: { VatTreatment: VatTreatment };
  CancelledItems: { Reason: OrderReason };
  ReturnEvents: { Action: ReturnAction };
  Returns: { Reason: ReturnReason; Status: ReturnStatus };
  OrderItems: { Stock: OrderItemRow['stock'] };
  Orders: { Status: OrderStatus; Delivery: 'ship' | 'pickup'; DueStatus: OrderStatus };
  Payments: { Status: PaymentStatus };
  PayoutAccounts: { State: PayoutAccountState };
  PayoutCalls: { Kind: PayoutCallKind; Status: PayoutCallStatus };
  PayoutSettings: { Schedule: PayoutInterval };
  Payouts: { Status: PayoutStatus; Method: PayoutMethod };
  ProviderEvents: { Subject: ProviderEventRow['subject']; Status: ProviderEventRow['status'] };
  RatingAppeals: { Status: 'open' | 'granted' | 'denied' };
  RatingDecisions: { Rating: Stars; Action: DecisionRow['action']; Reason: StrikeReason };
  RatingReports: { Reason: ReportReason };
  ReconciliationDifferences: { CheckName: ReconciliationCheck; Kind: ReconciledKind };
  Refunds: { Reason: RefundReason; Status: RefundStatus };
  SellerCacheInvalidations: { InvalidationType: 'seller' | 'all'; Component: Invalidation['component'] };
  SellerListings: { Status: ListingStatus };
  SellerOnboarding: { CurrentStep: OnboardingStepName };
  SellerPayoutDetails: { Method: PayoutDetailsRow['method'] };
  SellerRatingHistory: { Rating: Stars; Action: RatingVersionView['action'] };
  SellerRatings: { Rating: Stars; Source: RatingRow['source'] };
  SellerVerificationFiles: { Type: DocumentType };
  SellerVerifications: { Status: VerificationStatusName };
  StruckRatings: { Rating: Stars; Source: RatingRow['source'] };
  Tasks: { Status: TaskStatus };
  UserRoles: { Role: Role };
}>;

type Narrowed<C, V> = { [K in keyof C]: K extends keyof V ? V[K] | Extract<C[K], null> : C[K] };

/** The values of each table's columns. */
export type Tables = { [T in TableName]: T extends keyof Vocabulary ? Narrowed<Columns[T], Vocabulary[T]> : Columns[T] };

/** Columns of Users that the database computes. */
type Computed = 'TotalRatings' | 'PositiveRatings' | 'SellerRating' | 'RatingLowerBound';

/** The columns of a new row. */
export type NewRow<T extends TableName> = Omit<Tables[T], OptionalColumns[T] | Computed> &
  Partial<Omit<Pick<Tables[T], OptionalColumns[T] & keyof Tables[T]>, Computed>>;
