// PM2: the two processes of a deployment, several instances of each behind one port.
//
//   npm run build
//   npm run migrate:up
//   node scripts/bootstrap.mjs exec pm2 start ecosystem.config.js
//   node scripts/bootstrap.mjs exec pm2 reload ecosystem.config.js --update-env
//
// `npm run build` builds the pages. The API needs no build: Node runs its TypeScript as it is.
//
// PM2 runs cluster processes on the Node that started its daemon. `bootstrap.mjs exec` puts the project's Node first on the
// PATH; where another PM2 is running already, give this one a daemon of its own: PM2_HOME=/var/lib/assay/pm2.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

const root = import.meta.dirname;
const envFile = path.join(root, '.env');
// Ports are looked up as `npm start` does it. Everything else in .env is read by the processes themselves, with each reload.
const ports = { ...(existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}), ...process.env };
const webPort = ports.WEB_PORT || ports.PORT || '3000';
const apiPort = ports.API_PORT || '3001';

const common = {
  cwd: root,
  interpreter: 'node', // for .ts, PM2 would look for another one
  exec_mode: 'cluster',
  instances: 2, // more at any time: pm2 scale marketplace-api 4
  // A process says "ready" once it listens. Until then, but for listen_timeout at most, its predecessor goes on.
  wait_ready: true,
  listen_timeout: 30_000,
  // On SIGINT a process says for DRAIN_NOTICE_MS that it is not ready any more, answers for another 2.5 s with "Connection:
  // close", then finishes what is under way, at most 8 s.
  kill_timeout: 14_000 + Number(ports.DRAIN_NOTICE_MS || 1000),
  max_memory_restart: '1G',
  // A process that cannot start (a database that is away or not migrated) is tried again, ever less often, and comes up by itself.
  exp_backoff_restart_delay: 100,
  merge_logs: true, // one file for all instances: each line has its process id
};

export const apps = [
  {
    ...common,
    name: 'marketplace-api',
    script: 'scripts/current/api.ts', // the release that runs, or this checkout
    env: { NODE_ENV: 'production', PORT: apiPort },
  },
  {
    ...common,
    name: 'marketplace-web',
    script: 'scripts/current/web.ts',
    env: { NODE_ENV: 'production', PORT: webPort, API_URL: `http://127.0.0.1:${apiPort}` },
  },
];
