import type {
  DisputeAction,
  FlagAction,
  MaintenanceKind,
  MessageDecision,
  OrderStatus,
  PayoutAccountState,
  PayoutStatus,
  ReturnAction,
  RolloutStatus,
} from '@assay/contract';

/** What the audit log records, by what an entry is about. Entries are kept for good: a name never changes. */
interface ActionsOf {
  alert: 'alert.acknowledged' | 'alert.closed';
  cache: 'cache.cleared' | 'cache.warmed-up';
  category: `category.${'added' | 'renamed' | 'retired' | 'restored'}`;
  'commission-rule': `commission-rule.${'added' | 'ended' | 'removed'}`;
  flag: `flag.${FlagAction}`;
  import: 'ratings.imported';
  invoice: 'invoice.viewed';
  listing: `listing.${'created' | 'edited' | 'moved' | 'deleted'}`;
  maintenance: `maintenance.${MaintenanceKind | 'paused' | 'resumed'}` | 'production.started';
  message: `message.${MessageDecision}`;
  order:
    | `order.${OrderStatus | 'released' | 'items-cancelled' | 'viewed'}`
    | `payment.${'begun' | 'captured' | 'failed' | 'refunded' | 'unresolved' | 'looked-up' | 'settled-by-hand'}`
    | `chargeback.${'inquiry' | 'open' | 'won' | 'lost' | 'closed' | 'withdrawn' | 'reinstated'}`
    | `dispute.${DisputeAction | 'evidence-added' | 'evidence-viewed'}`
    | `return.${ReturnAction}`
    | `refund.${'begun' | 'failed' | 'returned' | 'unresolved' | 'looked-up' | 'settled-by-hand'}`;
  payout:
    | `payout.${PayoutStatus | 'reversing' | 'looked-up'}`
    | `payout-file.${'made' | 'repeated' | 'cancelled'}`
    | 'payouts.statement-imported';
  'provider-event': `provider-event.${'retried' | 'dismissed'}`;
  rating: `rating.${'struck' | 'restored' | 'dismissed' | 'appealed' | 'appeal-granted' | 'appeal-denied'}`;
  recalculation: 'aggregates.recalculated';
  reconciliation: 'reconciliation.resolved';
  rollout: `rollout.${RolloutStatus | 'started' | 'resumed'}`;
  seller:
    | 'aggregates.corrected'
    | 'aggregates.repaired'
    | 'listings.imported'
    | 'reconciliation.differs'
    | 'store.closed'
    | 'store.opened'
    | `payouts.${'held' | 'released' | 'rescheduled' | 'written-off'}`;
  task: 'task.retried' | 'task.dismissed';
  user:
    | `account.${'registered' | 'renamed' | 'signed-in' | 'disabled' | 'enabled' | 'exported' | 'deleted'}`
    | `role.${'granted' | 'revoked'}`
    | `wallet.${'linked' | 'unlinked'}`
    | `password.${'added' | 'changed' | 'removed' | 'reset-requested' | 'reset'}`
    | `email.${'link-sent' | 'verified' | 'lost' | 'change-requested' | 'changed' | 'change-refused'}`
    | `payout-details.${'changed' | 'removed'}`
    | `payout-account.${'opened' | 'made' | 'stopped' | 'removed' | Exclude<PayoutAccountState, 'none'>}`
    | 'tax-details.changed'
    | `second-factor.${'enabled' | 'disabled' | 'reset'}`
    | 'recovery-code.used'
    | 'recovery-codes.renewed'
    | `passkey.${'added' | 'removed'}`
    | 'sessions.ended'
    | 'session.token-reused'
    | 'upload.infected'
    | 'profile.saved'
    | 'onboarding.completed'
    | 'demo.locked';
  verification: `verification.${'draft' | 'submitted' | 'approved' | 'rejected' | 'file-viewed'}`;
}

/** What an entry of the audit log is about. */
export type AuditEntity = keyof ActionsOf;
/** What an entry about it may record. */
export type AuditAction<E extends AuditEntity = AuditEntity> = ActionsOf[E];
