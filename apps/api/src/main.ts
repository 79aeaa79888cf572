import type { AddressInfo } from 'node:net';
import { DEMO_EMAIL_DOMAIN, noteProduction, POWERFUL_ROLES } from '@assay/core';
import { describeDatabaseError } from '@assay/database';
import { migrationNames, openMigrator } from '@assay/database/migrate';
import { describeMissing, describeTarget } from '@assay/database/url';
import { describeSystemError, exitWhenWritten, keepFilesPrivate, startWatchdog } from '@assay/runtime';
import { endOnUncaught, flushErrors, startErrorReports } from '@assay/telemetry/errors';
import { guardOthers, silentMaxOf } from '@assay/telemetry/metrics';
import { startTracing, stopTracing } from '@assay/telemetry/tracing';
import { ConfigError, loadEnvFile, readConfig, ROOT, type Config } from './config.ts';
import { createContainer, type Container } from './container.ts';
import { noteStart } from './health/note-start.ts';
import { startJobs } from './jobs/jobs.ts';
import { createLogger } from './logger.ts';
import { createApiServer } from './server.ts';

async function boot(): Promise<void> {
  keepFilesPrivate();
  loadEnvFile();
  const config = readConfig(process.env, { serves: true });
  await refuseStaleDatabase(config);
  const log = createLogger(config.logLevel, 'marketplace-api');
  await startTracing(config.tracing, (reason) => log.warn({ reason }, 'spans are not taken'));
  await startErrorReports(config.errors, (reason) => log.warn({ reason }, 'error reports are not taken'));
  const container = await createContainer(config, log);
  await noteStart(container);
  await refuseDemoAccounts(container);
  if (config.environment === 'production') await noteProduction(container.context({ kind: 'system', name: 'start' }, 'start'));
  await container.feed.start();
  await container.flags.start();
  const { server, samples, isServing, stop } = createApiServer(container);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port, environment: config.environment }, 'listening');
  for (const warning of config.warnings) log.warn(warning);
  await joinOthers(container, isServing);
  // Not before: what starts is not hung, however slow the machine, and PM2 has a time-out for that.
  startWatchdog({
    ...config.watchdog,
    name: 'marketplace-api',
    onLost: (error) => log.error({ err: error }, 'the watchdog of this process ended'),
  });
  const endGuard = guard(container);
  void container.services.commonPasswords.has(''); // reads the list now, not with the first registration
  const jobs = startJobs(container, samples);
  const shutDown = async (reason: string) => {
    log.info({ reason }, 'stopping');
    endGuard();
    await Promise.all([stop(), jobs.stop()]);
    await container.repos.maintenance.forgetProcess(container.holder).catch(() => {}); // it is forgotten by itself within a minute
    await container.close();
    await Promise.all([stopTracing(), flushErrors()]);
    log.info('stopped');
    log.flush();
    exitWhenWritten(0);
  };
  let stopping: Promise<void> | undefined;
  const once = (reason: string) => void (stopping ??= shutDown(reason));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => once(signal));
  process.on('message', (message) => message === 'shutdown' && once('shutdown'));
  process.on('disconnect', () => once('the parent is gone'));
  endOnUncaught(log, exitWhenWritten);
  process.send?.({ port }); // for a parent that asked for any free port
  process.send?.('ready'); // for PM2 (wait_ready) and npm start; a signal that answers it finds its handler
}

/** Under PM2, replaces the processes of this machine that are stopped as a whole: their own watchdogs are stopped as well. */
function guard({ config, log, metrics }: Container): () => void {
  if (config.worker === null) return () => {};
  return guardOthers({
    workers: metrics.workers,
    silentMaxMs: silentMaxOf(config.watchdog.hangTimeoutMs),
    onKill: (frozen) => log.error({ frozen }, 'a process does not answer: it is killed, and PM2 replaces it'),
  });
}

/** Without the others this process reports its own numbers only: no reason not to serve. */
async function joinOthers({ config, log, metrics }: Container, isServing: () => boolean): Promise<void> {
  try {
    await metrics.workers.join(config.runtimeDir, isServing);
  } catch (error) {
    log.warn({ err: error }, 'this process’s metrics are not seen by the others');
  }
}

async function refuseStaleDatabase(config: Config): Promise<void> {
  const { target } = config.database;
  const lacks = (count: number, why = '') => new ConfigError(`The database lacks ${count} migration(s)${why}. Run: npm run migrate:up`);
  // Opening a file that is not there would make an empty database of a mistyped name.
  if (describeMissing(target) !== null)
    throw lacks(migrationNames(ROOT, target.engine).length, `: ${describeTarget(target)}, is not there`);
  const migrator = await openMigrator(target, ROOT);
  const pending = (await migrator.status()).filter(({ state }) => state === 'pending');
  await migrator.close();
  if (pending.length > 0) throw lacks(pending.length);
}

/** Their passwords are public: nothing of a time when they could sign in may stay. */
async function refuseDemoAccounts({ config, repos }: Container): Promise<void> {
  if (config.environment !== 'production') return;
  const { total, ...ways } = await repos.accounts.countUsable(DEMO_EMAIL_DOMAIN, POWERFUL_ROLES, new Date());
  if (total === 0) return;
  const found = Object.entries(ways).filter(([, count]) => count > 0);
  const what = found.map(([way, count]) => `${count} with ${way}`).join(', ');
  throw new ConfigError(`${total} demo account(s), whose passwords are public, can still be used (${what}). Run: npm run demo:lock`);
}

boot().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : (describeDatabaseError(error) ?? describeSystemError(error) ?? error));
  exitWhenWritten(error instanceof ConfigError ? 2 : 1);
});
