// PM2: the two processes of a deployment, several instances of each behind one port. docs/operations.md says how to live with it.
//
//   npm run pm2:start      builds the pages, tries one process of each, starts
//   npm run pm2:reload     the same, and replaces one process after another: no request is lost
//   npm run pm2 -- list    any command of PM2, on the daemon of this deployment
//
// PM2 runs cluster processes on the Node that started its daemon. The commands above bring the project's own, and a daemon of its
// own (PM2_HOME, data/pm2). Everything in .env but what is said here is read by the processes themselves, with each reload.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { readPm2Config } from './scripts/lib/pm2-config.ts';

const envFile = path.join(import.meta.dirname, '.env');
const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
const config = readPm2Config({ ...fromFile, ...process.env });
if (config.problems.length > 0) throw new Error(`The configuration is wrong:\n${config.problems.map((line) => `  ${line}`).join('\n')}`);

export const { apps } = config;
