import type { AccountsRepository, PasswordHasher, TokenIssuer } from '../accounts/ports.ts';
import type { InvalidationsRepository, SellerCache } from '../cache/ports.ts';
import type { InsightsRepository } from '../insights/ports.ts';
import type { ListingsRepository } from '../listings/ports.ts';
import type { ModerationRepository } from '../moderation/ports.ts';
import type { AlertsRepository, AlertSink, MaintenanceRepository, MetricsRepository } from '../operations/ports.ts';
import type { OrdersRepository, PaymentProvider } from '../orders/ports.ts';
import type { AggregatesRepository } from '../ratings/aggregates.ts';
import type { ImportsRepository } from '../ratings/import-ratings.ts';
import type { RatingRollout } from '../ratings/rollout.ts';
import type { RatingsRepository } from '../ratings/ports.ts';
import type { SellersRepository } from '../sellers/ports.ts';
import type { Actor } from './actor.ts';
import type { AuditLog, Outbox } from './records.ts';

/** All repositories, bound either to the database or to one open transaction. */
export interface Store {
  readonly accounts: AccountsRepository;
  readonly sellers: SellersRepository;
  readonly listings: ListingsRepository;
  readonly orders: OrdersRepository;
  readonly ratings: RatingsRepository;
  readonly aggregates: AggregatesRepository;
  readonly imports: ImportsRepository;
  readonly insights: InsightsRepository;
  readonly moderation: ModerationRepository;
  readonly metrics: MetricsRepository;
  readonly alerts: AlertsRepository;
  readonly maintenance: MaintenanceRepository;
  readonly invalidations: InvalidationsRepository;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
}

export interface Services {
  readonly passwords: PasswordHasher;
  readonly tokens: TokenIssuer;
  readonly payments: PaymentProvider;
  /** Where alerts are sent to; null when nobody wants them. */
  readonly alertSink: AlertSink | null;
}

/** What does not change while a process runs. */
export interface Settings {
  readonly rollout: RatingRollout;
}

/** What a use case gets: who acts, what time it is, where the data is. */
export interface Context {
  readonly actor: Actor;
  readonly requestId: string;
  readonly store: Store;
  readonly services: Services;
  readonly settings: Settings;
  /** What is the same for everybody, kept for a while: see `cached`. */
  readonly cache: SellerCache;
  readonly now: () => Date;
  /** Runs `work` in one transaction. It may run more than once, when the database gave up for reasons of timing. */
  readonly transaction: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
}

/** The same context for another actor: who somebody becomes by signing in, for instance. */
export function actingAs(ctx: Context, actor: Actor): Context {
  return { ...ctx, actor };
}
