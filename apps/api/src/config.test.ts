import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readDatabaseTarget, ROOT, SCRIPT_SECRET, VARIABLES } from './config.ts';
import { operatorOf } from './operator.ts';

const DAY_MS = 24 * 3_600_000;
const JWT_SECRET = 'q7RkT0vZ1xLw8sYp2NdHc5GmUa9EfBjK';
const read = (environment: Record<string, string> = {}) => readConfig({ JWT_SECRET, ...environment });
/** The lines of the refusal. */
const refusal = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split('\n').map((line) => line.trim());
  }
};

const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 2).toString('base64');

describe('the configuration of the API', () => {
  it('needs a secret and nothing else', () => {
    expect(read()).toEqual({
      environment: 'development',
      warnings: [],
      port: 3001,
      host: '127.0.0.1',
      metricsTokens: [],
      database: { target: { engine: 'sqlite', file: path.join(ROOT, 'data/assay.db') }, poolSize: 20, waitTimeoutMs: 15_000 },
      redis: null,
      images: { directory: path.join(ROOT, 'data/media'), s3: null, cdnBase: '', maxBytes: 10_485_760 },
      clamd: null,
      cache: { ttlS: 300, keyPrefix: 'seller:' },
      jwt: { secret: JWT_SECRET, ttlS: 900 },
      sessionMaxMs: 90 * DAY_MS,
      requiresSecondFactor: false,
      moneyRecordYears: 10,
      orderTimes: {
        paymentMs: 15 * 60_000,
        shippingMs: 14 * DAY_MS,
        deliveryMs: 21 * DAY_MS,
        confirmationMs: 14 * DAY_MS,
        releaseMs: 7 * DAY_MS,
        disputeMs: 30 * DAY_MS,
        returnMs: 14 * DAY_MS,
        returnShippingMs: 14 * DAY_MS,
        answerMs: 7 * DAY_MS,
        replyMs: 7 * DAY_MS,
        decisionMs: 60 * DAY_MS,
        appealMs: 7 * DAY_MS,
        reminderMs: 2 * DAY_MS,
      },
      messages: { retentionMs: 730 * DAY_MS, holdsFrom: 50 },
      operator: operatorOf({}, false),
      listingsMax: 10_000,
      passwordCheckUrl: null,
      limits: { windowMs: 900_000, createMax: 10_000, readMax: 100_000 },
      verifyIntervalMs: 3_600_000,
      alerts: { webhookUrl: null, webhookSecret: '' },
      rollout: { enabled: true, percentage: 100 },
      flagProvider: null,
      wallets: { origin: null, loopback: true, signatureTimeoutS: 300, chainIds: [1], rpcUrls: new Map() },
      publicUrl: 'http://localhost:3000',
      mail: { smtpUrl: null, requireTls: false, from: 'Assay <assay@localhost>', directory: path.join(ROOT, 'data/mail') },
      payoutKeys: [],
      payouts: {
        account: null,
        minimums: new Map(),
        reserveBps: 0,
        holdMs: 30 * DAY_MS,
        schedule: 'weekly',
        unitOf: null,
        sendsTestMoney: true,
      },
      stripe: null,
      chargebackFeePaidBy: 'marketplace',
      trustProxy: ['loopback'],
      requestTimeoutMs: 20_000,
      drainNoticeMs: 1000,
      runtimeDir: path.join(ROOT, 'data/run'),
      worker: null,
      watchdog: { hangTimeoutMs: 15_000, errorLog: null },
      logLevel: 'info',
      tracing: null,
      errors: null,
    });
  });

  it('takes an empty variable for an absent one', () => {
    const empty = Object.fromEntries(VARIABLES.filter((name) => name !== 'JWT_SECRET').map((name) => [name, '']));
    expect(read(empty)).toEqual(read());
    expect(refusal({ JWT_SECRET: '' })).toEqual(refusal({}));
    expect(refusal({})[1]).toMatch(/^JWT_SECRET is missing/);
  });

  it('names every wrong variable at once, and no value of any', () => {
    const wrong = {
      NODE_ENV: 'staging',
      PORT: '70000',
      DATABASE_URL: 'postgres://hidden',
      DATABASE_POOL_SIZE: '0',
      DATABASE_CONNECTION_TIMEOUT: '5s',
      REDIS_URL: 'http://hidden',
      JWT_TTL_SECONDS: '59',
      RATE_LIMIT_WINDOW_MS: '-1',
      RATE_LIMIT_MAX_REQUESTS: '0',
      RATE_LIMIT_READ_MAX_REQUESTS: '1e3',
      ENABLE_RATING_FEATURE: 'yes',
      RATING_ROLLOUT_PERCENTAGE: '101',
      PUBLIC_URL: 'hidden',
      WALLET_SIGNATURE_TIMEOUT: '29',
      WALLET_CHAIN_IDS: 'mainnet',
      WALLET_RPC_URL: 'hidden',
      REQUEST_TIMEOUT_MS: '999',
      HANG_TIMEOUT_MS: '15s',
      SCORE_VERIFY_INTERVAL_MINUTES: '10081',
      ALERT_WEBHOOK_URL: 'ftp://hidden',
      ALERT_WEBHOOK_SECRET: 'hidden',
      TRUST_PROXY: 'hidden',
      LOG_LEVEL: 'hidden',
      PASSWORD_CHECK_URL: 'hidden',
      SMTP_URL: 'http://hidden',
      MAIL_FROM: 'hidden',
      PAYOUT_DETAILS_KEY: 'hidden',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://hidden',
      SENTRY_DSN: 'https://hidden',
      CLAMD_URL: 'http://hidden',
      METRICS_TOKEN: 'hidden',
    };
    const [title, ...lines] = refusal(wrong);
    expect(title).toBe('The configuration is wrong:');
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set([...Object.keys(wrong), 'JWT_SECRET']));
    expect(lines).toHaveLength(Object.keys(wrong).length + 1);
    expect(lines.join()).not.toContain('hidden');
  });

  it.each<[(typeof VARIABLES)[number], string[], string[]]>([
    ['PORT', ['0', '65535'], ['-1', '65536', '80.5', ' 80', '8O']],
    ['JWT_TTL_SECONDS', ['60', '86400'], ['59', '86401']],
    ['RATING_ROLLOUT_PERCENTAGE', ['0', '100'], ['101', '-1', '50%', '12.5']],
    ['ENABLE_RATING_FEATURE', ['true', 'false'], ['TRUE', '1', 'on']],
    [
      'PUBLIC_URL',
      ['https://shop.example', 'http://localhost:3000', 'https://10.0.0.1:8443'],
      ['shop.example', 'https://shop.example/app', 'https://shop', 'ftp://shop.example', 'https://u:p@shop.example'],
    ],
    ['WALLET_SIGNATURE_TIMEOUT', ['30', '3600'], ['29', '3601']],
    ['MAIL_FROM', ['market@shop.example', 'Assay <market@shop.example>'], ['Assay', 'a@b\r\nBcc: c@d', 'a@b, c@d']],
    ['PAYOUT_DETAILS_KEY', [KEY, `${KEY}, ${OTHER_KEY}`], ['short', `${KEY} ${OTHER_KEY}`, KEY.slice(0, 40)]],
    ['WALLET_CHAIN_IDS', ['1', '1,137', '1, 10'], ['0', '1,', 'eth', '1;2', '9999999999']],
    [
      'WALLET_RPC_URL',
      ['https://node.example/v2/key', '1=http://127.0.0.1:8545'],
      ['node.example', '137=https://node.example', '1:https://node.example'],
    ],
    [
      'CLAMD_URL',
      ['tcp://clamav:3310', 'tcp://127.0.0.1', 'tcp://[::1]:3310', '/run/clamav/clamd.ctl', 'unix:/run/clamd'],
      ['clamav:3310', 'http://clamav', 'tcp://', 'run/clamd', 'tcp://a:b@c'],
    ],
    ['METRICS_TOKEN', ['a'.repeat(32), `${'a'.repeat(32)}, ${'b'.repeat(40)}`], ['short', `${'a'.repeat(32)},`, `${'a'.repeat(31)} b`]],
    ['REDIS_KEY_PREFIX', ['seller:', '{assay}:'], ['a b', 'x'.repeat(41), '*']],
    ['SELLER_CACHE_TTL', ['0', '300', '86400'], ['-1', '86401', '5m']],
    ['REDIS_URL', ['redis://localhost', 'rediss://u:p@redis:6380/1'], ['localhost:6379', 'http://redis']],
    ['DATABASE_URL', ['file:./x.db', 'sqlserver://db:1433;database=x'], ['x.db', 'file:', 'file::memory:', 'mysql://db']],
  ])('knows what %s may be', (name, right, wrong) => {
    for (const value of right) expect(() => read({ [name]: value }), value).not.toThrow();
    for (const value of wrong)
      expect(() => read({ [name]: value }), value).toThrow(new RegExp(`^The configuration is wrong:\\n {2}${name} `));
  });

  it.each([
    ['is short', JWT_SECRET.slice(1)],
    ['repeats itself', 'a'.repeat(64)],
    ['is a row of the alphabet', 'abcdefghijklmnopqrstuvwxyzabcdefgh'],
    ['repeats a part', 'Zx7-kQ2vLp9'.repeat(4)],
    ['has a weak one beside a strong one', `${JWT_SECRET},short`],
    ['was copied from a manual', 'your-256-bit-key-q7RkT0vZ1xLw8sYp2'],
    ['says what it is', `my-SECRET-${JWT_SECRET}`],
    ['is an example', `example-${JWT_SECRET}`],
    ['was to be replaced', `<${JWT_SECRET}>`],
    ['was to be changed', `ChangeMe-${JWT_SECRET}`],
  ])('refuses a secret that %s, in production and only there', (_name, weak) => {
    const lines = refusal({ JWT_SECRET: weak, NODE_ENV: 'production' });
    expect(lines).toEqual(['The configuration is wrong:', expect.stringMatching(/^JWT_SECRET is too weak for production/)]);
    expect(lines.join()).not.toContain(weak);
    for (const NODE_ENV of ['', 'development', 'test']) expect(read({ JWT_SECRET: weak, NODE_ENV }).jwt.secret).toBe(weak);
  });

  it('takes a strong secret in production, the one of the commands and two of them too', () => {
    const random = Array.from({ length: 200 }, (_, i) => randomBytes(i % 2 ? 32 : 24).toString(i % 2 ? 'hex' : 'base64'));
    for (const secret of [JWT_SECRET, SCRIPT_SECRET, `${JWT_SECRET},${SCRIPT_SECRET}`, ...random])
      expect(read({ NODE_ENV: 'production', JWT_SECRET: secret }).jwt.secret).toBe(secret);
  });

  it.each<[Record<string, string>, number, number]>([
    [{}, 10_000, 100_000],
    [{ NODE_ENV: 'production' }, 100, 3000],
    [{ NODE_ENV: 'production', RATE_LIMIT_MAX_REQUESTS: '7' }, 7, 7],
    [{ NODE_ENV: 'production', RATE_LIMIT_READ_MAX_REQUESTS: '9' }, 100, 9],
    [{ RATE_LIMIT_MAX_REQUESTS: '7', RATE_LIMIT_READ_MAX_REQUESTS: '9' }, 7, 9],
  ])('limits requests: %j', (environment, createMax, readMax) => {
    expect(read(environment).limits).toEqual({ windowMs: 900_000, createMax, readMax });
  });

  it('reads a node for each chain; one alone is for the first', () => {
    const chains = (WALLET_RPC_URL: string) => [...read({ WALLET_CHAIN_IDS: '137, 10', WALLET_RPC_URL }).wallets.rpcUrls];
    expect(chains('https://one.example/?a=b')).toEqual([[137, 'https://one.example/?a=b']]);
    const both = [
      [10, 'https://ten.example/k=1'],
      [137, 'http://other.example'],
    ];
    for (const between of [' ', ', ', ',']) expect(chains(`10=https://ten.example/k=1${between}137=http://other.example`)).toEqual(both);
  });

  it.each([
    [{ NODE_ENV: 'production' }, true],
    [{ NODE_ENV: 'production', REQUIRE_SECOND_FACTOR: 'never' }, false],
    [{}, false],
    [{ REQUIRE_SECOND_FACTOR: 'admin' }, true],
  ])('requires a second factor of admins in production, unless it says otherwise: %j', (environment, required) => {
    expect(read(environment).requiresSecondFactor).toBe(required);
  });

  it('takes no Host header for its own address in production', () => {
    expect(read({ NODE_ENV: 'production' }).wallets).toMatchObject({ origin: null, loopback: false });
    expect(read({ NODE_ENV: 'production', PUBLIC_URL: 'https://Shop.example/' }).wallets.origin).toBe('https://shop.example');
  });

  it.each<[string, number | string[]]>([
    ['2', 2],
    ['0', 0],
    ['10.0.0.0/8, fd00::/8 ,loopback', ['10.0.0.0/8', 'fd00::/8', 'loopback']],
  ])('trusts the proxies %j', (given, trusted) => {
    expect(read({ TRUST_PROXY: given }).trustProxy).toEqual(trusted);
  });

  it.each(['everybody', '10.0.0.0/99', 'loopback,,', '-1'])('refuses %j as a proxy, by the variable’s name', (given) => {
    expect(() => read({ TRUST_PROXY: given })).toThrow(/TRUST_PROXY is a number of proxies/);
  });
});

describe('the database of a command', () => {
  it('is read without the rest, relative to the root', () => {
    expect(readDatabaseTarget({ PORT: 'nonsense', DATABASE_URL: 'file:./here.db' })).toEqual({
      engine: 'sqlite',
      file: path.join(ROOT, 'here.db'),
    });
    expect(readDatabaseTarget({ DATABASE_URL: '' })).toEqual({ engine: 'sqlite', file: path.join(ROOT, 'data/assay.db') });
    expect(() => readDatabaseTarget({ DATABASE_URL: 'nonsense' })).toThrow(ConfigError);
  });

  it('takes a bucket whole or not at all', () => {
    const bucket = { S3_ENDPOINT: 'https://s3.example', S3_BUCKET: 'images', S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' };
    const { s3 } = read(bucket).images;
    expect(s3).toEqual({ endpoint: 'https://s3.example', bucket: 'images', region: 'auto', accessKeyId: 'key', secretAccessKey: 'secret' });
    const { S3_SECRET_ACCESS_KEY: _, ...rest } = bucket;
    expect(() => read(rest)).toThrow('S3_SECRET_ACCESS_KEY must be set too');
    expect(read({ CDN_BASE_URL: 'https://cdn.example/' }).images.cdnBase).toBe('https://cdn.example');
  });

  it('e-mail that is sent has a sender, and its links an address', () => {
    const SMTP_URL = 'smtp://mail.shop.example';
    expect(refusal({ JWT_SECRET, SMTP_URL })).toContainEqual(expect.stringMatching(/^MAIL_FROM is missing/));
    const production = { JWT_SECRET, SMTP_URL, MAIL_FROM: 'a@shop.example', NODE_ENV: 'production' };
    expect(refusal(production)).toContainEqual(expect.stringMatching(/^PUBLIC_URL is missing/));
    expect(read({ ...production, PUBLIC_URL: 'https://shop.example' })).toMatchObject({
      publicUrl: 'https://shop.example',
      mail: { smtpUrl: SMTP_URL, from: 'a@shop.example' },
    });
  });

  it('production reaches other machines by TLS, or by name', () => {
    const plain = {
      REDIS_URL: 'redis://:hidden@cache.internal',
      S3_ENDPOINT: 'http://s3.internal',
      S3_BUCKET: 'images',
      S3_ACCESS_KEY_ID: 'hidden',
      S3_SECRET_ACCESS_KEY: 'hidden',
      WALLET_RPC_URL: 'http://node.internal/hidden',
      DATABASE_URL: 'sqlserver://db.internal:1433;user=assay;password=hidden;encrypt=false',
    };
    const production = { JWT_SECRET, NODE_ENV: 'production' };
    const lines = refusal({ ...plain, ...production });
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^REDIS_URL leads to cache\.internal without TLS: use rediss/),
      expect.stringMatching(/^S3_ENDPOINT leads to s3\.internal without TLS: use https/),
      expect.stringMatching(/^WALLET_RPC_URL leads to node\.internal/),
      expect.stringMatching(/^DATABASE_URL leads to db\.internal without TLS/),
    ]);
    expect(lines.join()).not.toContain('hidden');
    read(plain);
    read({ ...plain, ...production, PLAINTEXT_HOSTS: 'cache.internal, s3.internal, node.internal, db.internal' });
    read({ ...production, REDIS_URL: 'redis://127.0.0.1', WALLET_RPC_URL: 'https://node.internal' });
    const unchecked = 'sqlserver://db.internal;encrypt=true;trustServerCertificate=true';
    expect(refusal({ ...production, DATABASE_URL: unchecked })[1]).toMatch(/^DATABASE_URL takes any certificate of db\.internal/);
    read({ ...production, DATABASE_URL: 'sqlserver://127.0.0.1:1433;encrypt=false;trustServerCertificate=true' });
  });

  it('e-mail leaves by TLS alone in production, but to this machine and named hosts', () => {
    const mail = { NODE_ENV: 'production', MAIL_FROM: 'a@shop.example', PUBLIC_URL: 'https://shop.example' };
    const requires = (SMTP_URL: string, rest = {}) => read({ ...mail, SMTP_URL, ...rest }).mail.requireTls;
    expect(requires('smtp://mail.shop.example')).toBe(true);
    expect(requires('smtp://127.0.0.1:25')).toBe(false);
    expect(requires('smtp://mail.internal', { PLAINTEXT_HOSTS: 'mail.internal' })).toBe(false);
    expect(requires('smtp://mail.shop.example', { NODE_ENV: 'development' })).toBe(false);
  });

  it('the first key seals payout details, the others are read', () => {
    expect(read({ PAYOUT_DETAILS_KEY: `${KEY},${OTHER_KEY}` }).payoutKeys).toEqual([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
  });
});
