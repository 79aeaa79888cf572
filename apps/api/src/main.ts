import type { AddressInfo } from 'node:net';
import { DEMO_EMAIL_DOMAIN, noteProduction } from '@assay/core';
import { openMigrator } from '@assay/database/migrate';
import { exitWhenWritten, startWatchdog } from '@assay/runtime';
import { endOnUncaught, flushErrors, startErrorReports } from '@assay/telemetry/errors';
import { startTracing, stopTracing } from '@assay/telemetry/tracing';
import { ConfigError, loadEnvFile, readConfig, ROOT, type Config } from './config.ts';
import { createContainer, type Container } from './container.ts';
import { describeUnused } from './documents-variables.ts';
import { startJobs } from './jobs/jobs.ts';
import { createLogger } from './logger.ts';
import { createApiServer } from './server.ts';

async function boot(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env, { serves: true });
  await refuseStaleDatabase(config);
  const log = createLogger(config.logLevel, 'marketplace-api');
  await startTracing(config.tracing, (reason) => log.warn({ reason }, 'spans are not taken'));
  await startErrorReports(config.errors, (reason) => log.warn({ reason }, 'error reports are not taken'));
  const container = await createContainer(config, log);
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
  const unused = describeUnused(process.env);
  if (unused) log.warn(unused);
  await joinOthers(container, isServing);
  // Not before: what starts is not hung, however slow the machine, and PM2 has a time-out for that.
  startWatchdog({
    ...config.watchdog,
    name: 'marketplace-api',
    onLost: (error) => log.error({ err: error }, 'the watchdog of this process ended'),
  });
  process.send?.({ port }); // for who asked for any free port
  process.send?.('ready'); // for PM2 (wait_ready) and npm start

  void container.services.commonPasswords.has(''); // reads the list now, not with the first registration
  const jobs = startJobs(container, samples);
  const shutDown = async (reason: string) => {
    log.info({ reason }, 'stopping');
    await Promise.all([stop(), jobs.stop()]);
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
  const migrator = await openMigrator(config.database.target, ROOT);
  const pending = (await migrator.status()).filter(({ state }) => state === 'pending');
  await migrator.close();
  if (pending.length > 0) throw new ConfigError(`The database lacks ${pending.length} migration(s). Run: npm run migrate:up`);
}

/** Everybody knows their passwords. */
async function refuseDemoAccounts({ config, repos }: Container): Promise<void> {
  if (config.environment !== 'production') return;
  const count = await repos.accounts.countWithPassword(DEMO_EMAIL_DOMAIN);
  if (count > 0) throw new ConfigError(`${count} demo account(s) can sign in with a password that everybody knows. Run: npm run demo:lock`);
}

boot().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  exitWhenWritten(error instanceof ConfigError ? 2 : 1);
});
