// npm start: prepares the database, builds the pages and starts both apps; it skips what is up to date.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createContainer, createLogger, loadEnvFile, readConfig, ROOT, type Config } from '@assay/api';
import { DEMO_EMAIL_DOMAIN, hasServedProduction, POWERFUL_ROLES } from '@assay/core';
import { HOME } from '@assay/runtime';
import { describeTarget } from '@assay/database/url';
import { openMigrator } from '@assay/database/migrate';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../prisma/seed/demo-data.ts';
import { seedMonth } from '../prisma/seed/demo-month.ts';
import { isEmpty, seedDemo } from '../prisma/seed/demo.ts';
import { buildWeb } from './lib/build-web.ts';
import { Refusal, runCommand } from './lib/command.ts';
import { checkedApps, type App } from './lib/pm2-config.ts';
import { requireFreePorts } from './lib/ports.ts';
import { environmentOf } from './lib/process-environment.ts';
import { APPS } from './lib/releases.ts';

const HELP = `npm start

Migrates the database, fills an empty one with demo data, builds the pages, and serves them on port 3000 (WEB_PORT) and the API on port
3001 (API_PORT), until Ctrl-C. What is up to date is skipped. In production: npm run pm2:start.

Exit codes: 0 stopped, 1 refused or failed, 2 wrong call or configuration.`;

const DATA = path.join(HOME, 'data');

const step = (text: string) => console.log(`▸ ${text}`);

async function main(): Promise<void> {
  loadEnvFile();
  mkdirSync(DATA, { recursive: true });
  const apps = checkedApps({ ...process.env });
  const [webPort, apiPort] = [Number(apps.web.env.PORT), Number(apps.api.env.PORT)];
  const logs = path.resolve(HOME, process.env.LOG_DIR || path.join('data', 'logs'));
  mkdirSync(logs, { recursive: true });
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    WEB_PORT: String(webPort),
    JWT_SECRET: secretOf('JWT_SECRET', 'jwt-secret', 48),
    PAYOUT_DETAILS_KEY: secretOf('PAYOUT_DETAILS_KEY', 'payout-details-key', 32),
  };
  environment.DRAIN_NOTICE_MS ||= '0'; // no load balancer needs a notice of Ctrl-C
  const config = readConfig({ ...environment, PORT: apps.api.env.PORT }, { serves: true });
  await requireFreePorts(process.env.HOST || '127.0.0.1', [{ port: webPort, variable: process.env.WEB_PORT ? 'WEB_PORT' : 'PORT' }]);
  await requireFreePorts(config.host, [{ port: apiPort, variable: 'API_PORT' }]);

  const hasDemo = await prepareDatabase(config);
  step('Pages');
  step((await buildWeb()) ? '  built' : '  up to date');

  const { NODE_ENV } = environment; // PM2's apps are for production, this command's only where .env says so
  const start = (app: App, entry: string) =>
    startProcess(app, [entry], environmentOf(app, { ...environment, ...apps[app].env, NODE_ENV }), logs);
  const api = start('api', APPS.api.entry);
  const web = start('web', APPS.web.entry);
  stopTogether([api, web]);
  await Promise.all([ready(api, 'api', logs), ready(web, 'web', logs)]);
  console.log(welcome(webPort, hasDemo));
}

/** A secret of the configuration, or one of this machine; empty where it is in a file, which the processes read. */
const secretOf = (variable: string, name: string, bytes: number): string =>
  process.env[variable] || (process.env[`${variable}_FILE`] ? '' : ownSecret(name, bytes));

/** A secret of this machine, stored beside the data, so that sessions and sealed payout details survive a restart. */
function ownSecret(name: string, bytes: number): string {
  const file = path.join(DATA, name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(bytes).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function prepareDatabase(config: Config): Promise<boolean> {
  step(`Database: ${describeTarget(config.database.target)}`);
  const migrator = await openMigrator(config.database.target, ROOT, {
    onFound: (name) => step(`  found ${name}`),
    onStep: (_direction, name) => step(`  migrated ${name}`),
  });
  await migrator.up();
  await migrator.close();

  const container = await createContainer(config, createLogger('silent', 'start'));
  try {
    const served = await hasServedProduction(container);
    if (config.environment !== 'production' && !served && (await isEmpty(container.database))) {
      step('  empty: adding demo data');
      const { sellers, ratings } = await seedDemo(container.database, container.services.passwords);
      const { orders, payouts } = await seedMonth(container);
      step(`  ${sellers} sellers with ${ratings.toLocaleString('en')} ratings; a month with ${orders} orders and ${payouts} payouts`);
    }
    return (await container.repos.accounts.countUsable(DEMO_EMAIL_DOMAIN, POWERFUL_ROLES, new Date())).total > 0;
  } finally {
    await container.close();
  }
}

function startProcess(name: string, args: string[], env: NodeJS.ProcessEnv, logs: string): ChildProcess {
  const file = logFile(logs, name);
  step(`Starting ${name} (log: ${path.relative(process.cwd(), file)})`);
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const log = createWriteStream(file, { flags: 'a' }); // what the last run said before it ended stays
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(process.stderr);
  child.stderr?.pipe(log, { end: false });
  return child;
}

const logFile = (logs: string, name: string) => path.join(logs, `${name}.log`);

function ready(child: ChildProcess, name: string, logs: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => message === 'ready' && resolve());
    child.on('exit', (code) => reject(new Refusal(`The ${name} process ended (exit ${code}). Its log: ${logFile(logs, name)}`)));
  });
}

/** Stops both processes on Ctrl-C, or when one of them ends. */
function stopTogether(children: ChildProcess[]): void {
  let stopping = false;
  const stop = (code: number) => {
    if (stopping) return;
    stopping = true;
    process.exitCode = code;
    if (code === 0) console.log('\nStopping …');
    const force = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), 10_000);
    void Promise.all(
      children.map((child) =>
        child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve)),
      ),
    ).then(() => {
      clearTimeout(force);
      process.exit();
    });
    for (const child of children) child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  for (const child of children) child.on('exit', (code) => stop(code || 1));
}

function welcome(port: number, hasDemo: boolean): string {
  const accounts = DEMO_ACCOUNTS.map(({ role, email }) => `    ${role.padEnd(7)} ${email}`).join('\n');
  return [
    '',
    '  Assay is running.',
    '',
    `    Pages         http://localhost:${port}`,
    `    API           http://localhost:${port}/api/v1`,
    `    API reference http://localhost:${port}/api/docs/`,
    '',
    ...(hasDemo ? [`  Demo accounts, password "${DEMO_PASSWORD}":`, '', accounts, ''] : []),
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) console.log(HELP);
  else await main();
});
if (process.exitCode) process.exit(); // with all that it had begun
