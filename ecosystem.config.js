// PM2: the two apps of a deployment, several processes of each behind one port. See docs/operations.md.
//
//   npm run pm2:start      builds the pages, tries one process of each app, starts both
//   npm run pm2:reload     the same, but replaces running processes one by one: no request is lost
//   npm run pm2 -- list    any command of PM2, on the daemon of this deployment
//
// PM2 runs cluster processes on the Node that started its daemon. The commands above use the project's own Node and daemon
// (PM2_HOME, data/pm2). The processes read .env themselves, at each reload, except for the variables that are read here.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { readPm2Config } from './scripts/lib/pm2-config.ts';

const envFile = path.join(import.meta.dirname, '.env');
const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
const config = readPm2Config({ ...fromFile, ...process.env });
if (config.problems.length > 0) throw new Error(`The configuration is wrong:\n${config.problems.map((line) => `  ${line}`).join('\n')}`);

export const { apps } = config;
