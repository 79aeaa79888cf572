import type { FlagName, FlagState } from '@assay/contract';
import type { AccountsRepository, PasswordHasher, TokenIssuer } from '../accounts/ports.ts';
import type { InvalidationsRepository, SellerCache } from '../cache/ports.ts';
import type { CategoriesRepository } from '../categories/ports.ts';
import { flagsOf } from '../flags/actor-flags.ts';
import type { ActorFlags, FlagEvaluator, FlagsRepository } from '../flags/ports.ts';
import type { ImageServices, ImagesRepository } from '../images/ports.ts';
import type { InsightsRepository } from '../insights/ports.ts';
import type { EmailsRepository, Mailer } from '../mail/ports.ts';
import type { ListingImports } from '../listing-import/ports.ts';
import type { ListingSearch } from '../listing-search/ports.ts';
import type { ListingsRepository } from '../listings/ports.ts';
import type { ModerationRepository } from '../moderation/ports.ts';
import type { OnboardingRepository } from '../onboarding/ports.ts';
import type { AlertsRepository, AlertSink, MaintenanceRepository, MetricsRepository } from '../operations/ports.ts';
import type { OrdersRepository, PaymentProvider } from '../orders/ports.ts';
import type { PayoutDetailsRepository, PayoutServices } from '../payout-details/ports.ts';
import type { AggregatesRepository } from '../ratings/aggregates.ts';
import type { ImportsRepository } from '../ratings/import-ratings.ts';
import type { RatingsRepository } from '../ratings/ports.ts';
import type { RolloutsRepository } from '../rollouts/ports.ts';
import type { SellersRepository } from '../sellers/ports.ts';
import type { StoresRepository } from '../stores/ports.ts';
import type { DocumentServices, VerificationsRepository } from '../verification/ports.ts';
import type { WalletProofs, WalletSettings, WalletsRepository } from '../wallets/ports.ts';
import type { Actor } from './actor.ts';
import type { AuditLog, Outbox } from './records.ts';

/** All repositories, bound either to the database or to one open transaction. */
export interface Store {
  readonly accounts: AccountsRepository;
  readonly sellers: SellersRepository;
  readonly categories: CategoriesRepository;
  readonly listings: ListingsRepository;
  readonly stores: StoresRepository;
  readonly listingSearch: ListingSearch;
  readonly listingImports: ListingImports;
  readonly orders: OrdersRepository;
  readonly ratings: RatingsRepository;
  readonly aggregates: AggregatesRepository;
  readonly images: ImagesRepository;
  readonly imports: ImportsRepository;
  readonly insights: InsightsRepository;
  readonly moderation: ModerationRepository;
  readonly metrics: MetricsRepository;
  readonly alerts: AlertsRepository;
  readonly maintenance: MaintenanceRepository;
  readonly flags: FlagsRepository;
  readonly wallets: WalletsRepository;
  readonly rollouts: RolloutsRepository;
  readonly emails: EmailsRepository;
  readonly verifications: VerificationsRepository;
  readonly payoutDetails: PayoutDetailsRepository;
  readonly onboarding: OnboardingRepository;
  readonly invalidations: InvalidationsRepository;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
}

export interface Services {
  readonly passwords: PasswordHasher;
  readonly tokens: TokenIssuer;
  readonly payments: PaymentProvider;
  readonly flags: FlagEvaluator;
  readonly walletProofs: WalletProofs;
  readonly images: ImageServices;
  readonly documents: DocumentServices;
  readonly mailer: Mailer;
  readonly payouts: PayoutServices;
  /** Where alerts are sent to; null when nobody wants them. */
  readonly alertSink: AlertSink | null;
}

/** On or off, and for which share of people. */
export type FlagDefaults = Record<FlagName, Pick<FlagState, 'enabled' | 'rolloutPercentage'>>;

/** What does not change while a process runs. */
export interface Settings {
  /** What flags are that nobody has changed. */
  readonly flagDefaults: FlagDefaults;
  readonly wallets: WalletSettings;
  /** The address by which people reach the pages, without a slash at its end: where links in e-mails lead. */
  readonly publicUrl: string;
}

/** What a use case gets: who acts, what time it is, where the data is. */
export interface Context {
  readonly actor: Actor;
  readonly requestId: string;
  readonly store: Store;
  readonly services: Services;
  readonly settings: Settings;
  /** Which features the actor has. */
  readonly flags: ActorFlags;
  /** What is the same for everybody, kept for a while: see `cached`. */
  readonly cache: SellerCache;
  readonly now: () => Date;
  /** Runs `work` in one transaction. It may run more than once, when the database gave up for reasons of timing. */
  readonly transaction: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
}

/** The same context for another actor: who somebody becomes by signing in, for instance. */
export function actingAs(ctx: Context, actor: Actor): Context {
  return { ...ctx, actor, flags: flagsOf(ctx.services.flags, actor) };
}
