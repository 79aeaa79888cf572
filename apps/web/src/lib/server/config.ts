import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { plainTextHosts, plainTextProblems, readSecretFiles } from '@assay/runtime';
import { telemetrySettings, telemetryVariables } from '@assay/telemetry/settings';
import proxyAddr from 'proxy-addr';
import { z } from 'zod';

const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `is a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `is a whole number from ${min} to ${max}`)
    .default(fallback);

/** What Express and proxy-addr understand. */
function isProxyList(value: string): boolean {
  try {
    if (!/^\d+$/.test(value)) proxyAddr.compile(value.split(',').map((proxy) => proxy.trim()));
    return true;
  } catch {
    return false;
  }
}

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production'], { error: 'is development, test or production' }).default('development'),
  PORT: whole(3000, 0, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  API_URL: z.url('is an address such as http://127.0.0.1:3001').default('http://127.0.0.1:3001'),
  // The API has the same variable, and checks it too.
  PLAINTEXT_HOSTS: z.string().optional(),
  TRUST_PROXY: z
    .string()
    .refine(isProxyList, 'is a number of proxies, or addresses, networks and names such as loopback')
    .default('loopback'),
  REQUEST_TIMEOUT_MS: whole(20_000, 1000, 600_000),
  DRAIN_NOTICE_MS: whole(1000, 0, 60_000),
  RUNTIME_DIR: z.string().default('./data/run'),
  HANG_TIMEOUT_MS: whole(15_000, 0, 600_000),
  WEB_BUILD_DIR: z.string().optional(),
  CDN_BASE_URL: z.url({ protocol: /^https?$/, error: 'is an address that begins with https:// or http://' }).optional(),
  // The API has the same variable, and checks it too.
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'is an address such as https://shop.example, without a path' }).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'is fatal, error, warn, info, debug, trace or silent' })
    .default('info'),
  ...telemetryVariables,
});

/** The names of all variables, for `.env.example` and its test. */
export const VARIABLES = Object.keys(Environment.shape) as (keyof typeof Environment.shape)[];

/**
 * Takes this process's own variables from the deployment's `.env`, if there is one. What is set already wins. The secrets of the API, in
 * the same file, do not come into this process.
 */
export function loadOwnVariables(file: string, environment: Record<string, string | undefined>): void {
  const found = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  for (const name of VARIABLES.flatMap((one) => [one, `${one}_FILE`])) if (found[name] !== undefined) environment[name] ??= found[name];
}

/** In production: which addresses lead to other machines without TLS. */
function plainTextFaults({ NODE_ENV, PLAINTEXT_HOSTS, ...env }: z.output<typeof Environment>): string[] {
  if (NODE_ENV !== 'production') return [];
  const addresses = (['API_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'SENTRY_DSN'] as const).map((name) => [name, env[name]] as const);
  return plainTextProblems(addresses, plainTextHosts(PLAINTEXT_HOSTS));
}

/**
 * The only place where the web process reads the environment.
 * @throws Error naming every wrong variable at once
 */
export function readConfig(environment: Record<string, string | undefined>) {
  const { environment: given, problems: fileProblems } = readSecretFiles(environment, VARIABLES);
  const parsed = Environment.safeParse(given);
  const problems = [
    ...fileProblems,
    ...(parsed.success ? plainTextFaults(parsed.data) : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)),
  ];
  if (!parsed.success || problems.length > 0)
    throw new Error(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    apiUrl: env.API_URL.replace(/\/$/, ''),
    trustProxy: env.TRUST_PROXY,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    drainNoticeMs: env.DRAIN_NOTICE_MS,
    runtimeDir: env.RUNTIME_DIR,
    buildDir: env.WEB_BUILD_DIR ?? null,
    // PM2 numbers the processes of an app.
    worker: /^\d{1,4}$/.test(environment.NODE_APP_INSTANCE ?? '') ? environment.NODE_APP_INSTANCE! : null,
    // PM2 names the file of a process's errors.
    watchdog: { hangTimeoutMs: env.HANG_TIMEOUT_MS, errorLog: environment.pm_err_log_path ?? null },
    cdnOrigin: env.CDN_BASE_URL ? new URL(env.CDN_BASE_URL).origin : null,
    publicOrigin: env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : null,
    logLevel: env.LOG_LEVEL,
    ...telemetrySettings(env, { service: 'marketplace-web', environment: env.NODE_ENV }),
  };
}
