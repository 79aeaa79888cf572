import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseDatabaseUrl, type DatabaseTarget } from '@assay/database/url';
import { HOME, mayBePlain, plainTextHosts, readSecretFiles } from '@assay/runtime';
import { telemetrySettings, telemetryVariables } from '@assay/telemetry/settings';
import { z } from 'zod';
import { paymentProblems, paymentVariables, stripeOf } from './payment-variables.ts';
import { payoutPolicyOf, payoutProblems, payoutVariables } from './payout-variables.ts';
import { clamdAddress, isLoopback, isProxyList, isPublicUrl } from './addresses.ts';
import { imagesOf, keyPrefixOf, readRpcUrls, redisOf } from './configured-services.ts';
import { warningsOf } from './config-warnings.ts';
import { unprotectedProblems } from './unprotected.ts';
import { flag, whole, wholeNumber } from './variable-kinds.ts';
import { operatorOf, operatorProblems, operatorVariables } from './operator.ts';
import { isWeakSecret } from './weak-secret.ts';
import { messageSettingsOf, messageVariables } from './message-variables.ts';
import { orderTimesOf, orderVariables } from './order-variables.ts';

/** The root of this code, a checkout or a release. Relative paths in the configuration start at HOME, the deployment's. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production'], { error: 'is development, test or production' }).default('development'),
  PORT: whole(3001, 0, 65535),
  API_HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  DATABASE_POOL_SIZE: whole(20, 1, 500),
  DATABASE_CONNECTION_TIMEOUT: whole(15_000, 100, 120_000),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'begins with redis:// or rediss://')
    .optional(),
  REDIS_CLUSTER_MODE: flag(false),
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[\w:.{}-]{1,40}$/, 'is 1 to 40 letters, digits and :._-{}')
    .default('seller:'),
  SELLER_CACHE_TTL: whole(300, 0, 86_400),
  JWT_SECRET: z
    .string({ error: 'is missing: a random text of at least 32 characters, such as `openssl rand -base64 48` prints' })
    .min(1, 'is empty'),
  JWT_TTL_SECONDS: whole(900, 60, 86_400),
  SESSION_MAX_DAYS: whole(90, 1, 3650),
  SELLER_LISTINGS_MAX: whole(10_000, 1, 1_000_000),
  REQUIRE_SECOND_FACTOR: z.enum(['admin', 'never'], { error: 'is admin or never' }).optional(),
  MONEY_RECORD_YEARS: whole(10, 1, 30),
  ...orderVariables,
  ...messageVariables,
  ...operatorVariables,
  PASSWORD_CHECK_URL: z.url({ protocol: /^https?$/, error: 'is an address that begins with https:// or http://' }).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[\w.~+/=-]{32,}(\s*,\s*[\w.~+/=-]{32,})*$/,
      'is at least 32 random characters, such as `openssl rand -hex 32` prints, or several with commas',
    )
    .optional(),
  RATE_LIMIT_WINDOW_MS: whole(900_000, 1000, 86_400_000),
  RATE_LIMIT_MAX_REQUESTS: wholeNumber(1, 1_000_000_000).optional(),
  RATE_LIMIT_READ_MAX_REQUESTS: wholeNumber(1, 1_000_000_000).optional(),
  ENABLE_RATING_FEATURE: flag(true),
  RATING_ROLLOUT_PERCENTAGE: whole(100, 0, 100),
  FEATURE_FLAG_PROVIDER: z.string().optional(),
  SCORE_VERIFY_INTERVAL_MINUTES: whole(60, 0, 10_080),
  ALERT_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'is an address that begins with http:// or https://' }).optional(),
  ALERT_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'is whsec_ and at least 24 random bytes in base64, such as `openssl rand -base64 32` prints')
    .optional(),
  PUBLIC_URL: z.string().refine(isPublicUrl, 'is an address such as https://shop.example, without a path').optional(),
  WEB_PORT: whole(3000, 0, 65535),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'begins with smtp:// or smtps://')
    .optional(),
  MAIL: z.enum(['file'], { error: 'is file, or not set' }).optional(),
  ...paymentVariables,
  MAIL_FROM: z
    .string()
    .regex(/^([^<>@,;\r\n"]* )?<?[^\s<>@,;]+@[^\s<>@,;]+>?$/, 'is an address such as Assay <market@shop.example>')
    .default('Assay <assay@localhost>'),
  MAIL_DIR: z.string().min(1).default('./data/mail'),
  PAYOUT_DETAILS_KEY: z
    .string()
    .regex(
      /^(none|[A-Za-z0-9+/]{43}=(\s*,\s*[A-Za-z0-9+/]{43}=)*)$/,
      'is 32 random bytes in base64, such as `openssl rand -base64 32` prints, or several with commas; none is a site without payouts',
    )
    .optional(),
  ...payoutVariables,
  WALLET_SIGNATURE_TIMEOUT: whole(300, 30, 3600),
  WALLET_CHAIN_IDS: z
    .string()
    .regex(/^[1-9]\d{0,8}(\s*,\s*[1-9]\d{0,8})*$/, 'is a chain id such as 1, or several with commas')
    .default('1')
    .transform((value) => value.split(',').map(Number)),
  WALLET_RPC_URL: z
    .string()
    .regex(/^(\d+=)?https?:\/\/\S+([\s,]+\d+=https?:\/\/\S+)*$/, 'is an address, or CHAIN=ADDRESS for each chain with spaces between them')
    .optional(),
  CLAMD_URL: z
    .string()
    .regex(
      /^(tcp:\/\/[^\s/:@]+(:\d{1,5})?|tcp:\/\/\[[\da-fA-F:]+\](:\d{1,5})?|(unix:)?\/\S+)$/,
      'is tcp://HOST:PORT, or the absolute path of the socket of clamd',
    )
    .optional(),
  MEDIA_DIR: z.string().min(1).default('./data/media'),
  SELLER_IMAGE_UPLOAD_MAX_SIZE: whole(10_485_760, 1024, 104_857_600),
  CDN_BASE_URL: z.url({ protocol: /^https?$/, error: 'is an address that begins with https:// or http://' }).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'is an address such as https://s3.eu-central-1.amazonaws.com' }).optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is the name of a bucket')
    .optional(),
  S3_REGION: z.string().min(1).default('auto'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  PLAINTEXT_HOSTS: z
    .string()
    .regex(/^[\w.:-]+(?:[\s,]+[\w.:-]+)*$/, 'is names or addresses of hosts, with commas between them')
    .optional(),
  TRUST_PROXY: z
    .string()
    .refine(isProxyList, 'is a number of proxies, or addresses, networks and names such as loopback')
    .default('loopback'),
  REQUEST_TIMEOUT_MS: whole(20_000, 1000, 600_000),
  DRAIN_NOTICE_MS: whole(1000, 0, 60_000),
  RUNTIME_DIR: z.string().default('./data/run'),
  HANG_TIMEOUT_MS: whole(15_000, 0, 600_000),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'is fatal, error, warn, info, debug, trace or silent' })
    .default('info'),
  ...telemetryVariables,
});

/** The names of all variables, for `.env.example` and its test. */
export const VARIABLES = Object.keys(Environment.shape) as (keyof typeof Environment.shape)[];

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const DEFAULT_DATABASE_URL = 'file:./data/assay.db';

/** The database that commands work on: they need nothing else of the configuration. @throws ConfigError */
export function readDatabaseTarget(environment: NodeJS.ProcessEnv): DatabaseTarget {
  const { environment: found, problems } = readSecretFiles(environment, ['DATABASE_URL']);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  try {
    return parseDatabaseUrl(found.DATABASE_URL ?? DEFAULT_DATABASE_URL, HOME);
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}

export type Config = ReturnType<typeof readConfig>;

/** Reads the deployment's `.env`, if there is one. What is set already wins. */
export function loadEnvFile(): void {
  const file = path.join(HOME, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** For commands, which sign nothing: the configuration wants a secret, and this one would pass for no token. */
export const SCRIPT_SECRET = randomBytes(48).toString('base64');

/** What buyers and sellers would miss without a word: production says of each what it is to be. */
const NEEDED_IN_PRODUCTION = {
  PUBLIC_URL: 'the address of the pages, which wallets sign for and links in e-mails lead to',
  SMTP_URL: 'the mail server; MAIL=file instead says that e-mail goes into files on purpose',
  PAYOUT_DETAILS_KEY: 'the key that seals payout details, such as `openssl rand -base64 32` prints; none is a site without payouts',
  PAYMENT_PROVIDER: 'the provider that takes payments; test takes every payment and moves no money, stripe is Stripe',
} as const;

const missingInProduction = (given: Record<string, string | undefined>): string[] =>
  Object.entries(NEEDED_IN_PRODUCTION)
    .filter(([name]) => given[name] === undefined && !(name === 'SMTP_URL' && given.MAIL === 'file'))
    .map(([name, meaning]) => `${name} is missing: ${meaning}`);

/**
 * The only place where the API and the scripts read the environment.
 * @param options.serves the process answers people: production then needs what they would miss
 * @throws ConfigError naming every wrong variable at once
 */
export function readConfig(environment: NodeJS.ProcessEnv, { serves = false } = {}) {
  const { environment: given, problems: fileProblems } = readSecretFiles(environment, VARIABLES);
  if (given.RATE_LIMIT_WINDOW) given.RATE_LIMIT_WINDOW_MS ??= given.RATE_LIMIT_WINDOW; // its name in the deployment guide
  const parsed = Environment.safeParse(given);
  const problems = [
    ...fileProblems,
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)),
  ];
  const production = given.NODE_ENV === 'production';
  const secrets = given.JWT_SECRET?.split(',').map((secret) => secret.trim());
  if (production && secrets?.some(isWeakSecret)) {
    problems.push(
      'JWT_SECRET is too weak for production: use a random text of at least 32 characters, such as `openssl rand -base64 48` prints',
    );
  }
  if (given.ALERT_WEBHOOK_URL && !given.ALERT_WEBHOOK_SECRET)
    problems.push('ALERT_WEBHOOK_SECRET is missing: it signs what is sent to ALERT_WEBHOOK_URL');
  if (production && serves) problems.push(...missingInProduction(given));
  problems.push(...operatorProblems(given));
  problems.push(...paymentProblems(given));
  if (production && serves && !given.METRICS_TOKEN && !isLoopback(given.API_HOST ?? '127.0.0.1'))
    problems.push('METRICS_TOKEN is missing: API_HOST is reached from other machines, and /metrics is not for everyone');
  if (given.SMTP_URL && !given.MAIL_FROM) problems.push('MAIL_FROM is missing: SMTP_URL needs a sender');
  if (production && !serves && given.SMTP_URL && !given.PUBLIC_URL) problems.push('PUBLIC_URL is missing: the links in e-mails lead there');
  if (parsed.success) problems.push(...payoutProblems(parsed.data));
  if (parsed.success) {
    const { WALLET_CHAIN_IDS: chains, WALLET_RPC_URL: rpc } = parsed.data;
    const strangers = [...readRpcUrls(rpc, chains).keys()].filter((chain) => !chains.includes(chain));
    if (strangers.length > 0) problems.push(`WALLET_RPC_URL names chain ${strangers.join(', ')}, which is not in WALLET_CHAIN_IDS`);
  }
  const s3 = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const absent = s3.filter((name) => given[name] === undefined);
  if (absent.length > 0 && absent.length < s3.length)
    problems.push(`${absent.join(', ')} must be set too: a bucket needs all of ${s3.join(', ')}`);
  let database: DatabaseTarget | undefined;
  try {
    database = readDatabaseTarget(given);
  } catch (error) {
    problems.push((error as Error).message);
  }
  const named = plainTextHosts(given.PLAINTEXT_HOSTS);
  if (production && parsed.success && database) {
    const nodes = readRpcUrls(parsed.data.WALLET_RPC_URL, parsed.data.WALLET_CHAIN_IDS).values();
    problems.push(...unprotectedProblems(parsed.data, nodes, database, named));
  }
  if (!parsed.success || !database || problems.length > 0)
    throw new ConfigError(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);

  const env = parsed.data;
  return {
    environment: env.NODE_ENV,
    /** Sentences for the log of a start: what is set without effect, and what production should have. */
    warnings: warningsOf(given, production),
    port: env.PORT,
    host: env.API_HOST,
    /** Of programs that read metrics; without one, each caller may read them. */
    metricsTokens: env.METRICS_TOKEN?.split(',').map((token) => token.trim()) ?? [],
    database: { target: database, poolSize: env.DATABASE_POOL_SIZE, waitTimeoutMs: env.DATABASE_CONNECTION_TIMEOUT },
    redis: redisOf(env),
    cache: { ttlS: env.SELLER_CACHE_TTL, keyPrefix: keyPrefixOf(env) },
    /** The first secret signs; what the others have signed stays good until it expires. */
    jwt: { secret: env.JWT_SECRET, ttlS: env.JWT_TTL_SECONDS },
    sessionMaxMs: env.SESSION_MAX_DAYS * 24 * 3_600_000,
    listingsMax: env.SELLER_LISTINGS_MAX,
    requiresSecondFactor: (env.REQUIRE_SECOND_FACTOR ?? (production ? 'admin' : 'never')) === 'admin',
    /** For so many years orders and payments of deleted accounts are kept. */
    moneyRecordYears: env.MONEY_RECORD_YEARS,
    orderTimes: orderTimesOf(env),
    messages: messageSettingsOf(env),
    /** The issuer of invoices; null where it is not named. */
    operator: operatorOf(env, production),
    /** Of a service that knows breached passwords. */
    passwordCheckUrl: env.PASSWORD_CHECK_URL ?? null,
    limits: {
      windowMs: env.RATE_LIMIT_WINDOW_MS,
      // RATE_LIMIT_MAX_REQUESTS, where it is set, holds for reads too unless they have their own.
      createMax: env.RATE_LIMIT_MAX_REQUESTS ?? (production ? 100 : 10_000),
      readMax: env.RATE_LIMIT_READ_MAX_REQUESTS ?? env.RATE_LIMIT_MAX_REQUESTS ?? (production ? 3000 : 100_000),
    },
    images: imagesOf(env),
    /** Where the malware scanner listens. */
    clamd: env.CLAMD_URL ? clamdAddress(env.CLAMD_URL) : null,
    verifyIntervalMs: env.SCORE_VERIFY_INTERVAL_MINUTES * 60_000,
    alerts: { webhookUrl: env.ALERT_WEBHOOK_URL ?? null, webhookSecret: env.ALERT_WEBHOOK_SECRET ?? '' },
    rollout: { enabled: env.ENABLE_RATING_FEATURE, percentage: env.RATING_ROLLOUT_PERCENTAGE },
    flagProvider: env.FEATURE_FLAG_PROVIDER ?? null,
    wallets: {
      /** What wallets sign for. */
      origin: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : null,
      /** Without PUBLIC_URL, the loopback address of the request. */
      loopback: !production,
      signatureTimeoutS: env.WALLET_SIGNATURE_TIMEOUT,
      chainIds: env.WALLET_CHAIN_IDS,
      rpcUrls: readRpcUrls(env.WALLET_RPC_URL, env.WALLET_CHAIN_IDS),
    },
    /** Where links in e-mails lead. */
    publicUrl: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : `http://localhost:${env.WEB_PORT}`,
    mail: {
      smtpUrl: env.MAIL === 'file' ? null : (env.SMTP_URL ?? null),
      requireTls: production && !mayBePlain(URL.parse(env.SMTP_URL ?? '')?.hostname ?? '', named),
      from: env.MAIL_FROM,
      directory: path.resolve(HOME, env.MAIL_DIR),
    },
    /** The first seals payout details, the others are still read. */
    payoutKeys: (env.PAYOUT_DETAILS_KEY ?? 'none')
      .split(',')
      .filter((key) => key !== 'none')
      .map((key) => Buffer.from(key.trim(), 'base64')),
    payouts: payoutPolicyOf(env, { production }),
    /** Null where the test provider takes payments. */
    stripe: stripeOf(env),
    chargebackFeePaidBy: env.CHARGEBACK_FEE_PAID_BY,
    trustProxy: /^\d+$/.test(env.TRUST_PROXY) ? Number(env.TRUST_PROXY) : env.TRUST_PROXY.split(',').map((proxy) => proxy.trim()),
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    drainNoticeMs: env.DRAIN_NOTICE_MS,
    runtimeDir: path.resolve(HOME, env.RUNTIME_DIR),
    // PM2 sets it: the number of each process of an app.
    worker: /^\d{1,4}$/.test(given.NODE_APP_INSTANCE ?? '') ? given.NODE_APP_INSTANCE! : null,
    // PM2 sets it: where it keeps the errors of a process.
    watchdog: { hangTimeoutMs: env.HANG_TIMEOUT_MS, errorLog: given.pm_err_log_path ?? null },
    logLevel: env.LOG_LEVEL,
    ...telemetrySettings(env, { service: 'marketplace-api', environment: env.NODE_ENV }),
  };
}
