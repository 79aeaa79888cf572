import { settingOf, type DatabaseTarget } from '@assay/database';
import { mayBePlain, plainTextProblems } from '@assay/runtime';

/** The variables that hold addresses of other services. */
const ADDRESSES = [
  'REDIS_URL',
  'S3_ENDPOINT',
  'ALERT_WEBHOOK_URL',
  'PASSWORD_CHECK_URL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'SENTRY_DSN',
] as const;
type Variables = Partial<Record<(typeof ADDRESSES)[number] | 'CLAMD_URL', string | undefined>>;

/**
 * Which connections would pass a network unprotected, each in a sentence: without TLS, or with a certificate that nothing checks.
 * @param nodes addresses of chains (WALLET_RPC_URL)
 * @param named hosts to which that is accepted
 */
export const unprotectedProblems = (
  env: Variables,
  nodes: Iterable<string>,
  database: DatabaseTarget,
  named: readonly string[],
): string[] => [
  ...plainTextProblems(
    [...ADDRESSES.map((name) => [name, env[name]] as const), ...[...nodes].map((url) => ['WALLET_RPC_URL', url] as const)],
    named,
  ),
  ...databaseProblems(database, named),
  ...scannerProblems(env.CLAMD_URL, named),
];

/** clamd itself has no TLS. */
function scannerProblems(url: string | undefined, named: readonly string[]): string[] {
  const host = url?.startsWith('tcp://') ? new URL(url).hostname : null;
  if (host === null || mayBePlain(host, named)) return [];
  return [`CLAMD_URL leads to ${host} without TLS: use a socket on this machine, or name the host in PLAINTEXT_HOSTS`];
}

function databaseProblems(target: DatabaseTarget, named: readonly string[]): string[] {
  if (target.engine === 'sqlite') return [];
  const host = (settingOf(target, 'server') ?? '').replace(/^tcp:/i, '').replace(/[,\\].*$/, '');
  if (mayBePlain(host, named)) return [];
  if (/^(false|no|optional)$/i.test(settingOf(target, 'encrypt') ?? ''))
    return [`DATABASE_URL leads to ${host} without TLS: leave encrypt=false out, or name the host in PLAINTEXT_HOSTS`];
  if (/^(true|yes)$/i.test(settingOf(target, 'trustServerCertificate') ?? ''))
    return [
      `DATABASE_URL takes any certificate of ${host}: leave trustServerCertificate=true out (a private authority goes into NODE_EXTRA_CA_CERTS), or name the host in PLAINTEXT_HOSTS`,
    ];
  return [];
}
