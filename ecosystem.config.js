// PM2: the two apps of a deployment, several processes of each behind one port. See docs/operations.md.
//
//   npm run pm2:start      builds the pages, tries one process of each app, starts both
//   npm run pm2:reload     the same, but replaces running processes one by one: no request is lost
//   npm run pm2 -- list    any command of PM2, on the daemon of this deployment
//
// PM2 runs cluster processes on the Node that started its daemon. The commands above use the project's own Node and daemon
// (PM2_HOME, data/pm2). PM2 gets no variable of the product: the processes read them at each start.
import { checkedApps } from './scripts/lib/pm2-config.ts';
import { readEnvFile, readStoredEnvironment } from './scripts/lib/process-environment.ts';

const { api, web } = checkedApps({ ...readEnvFile(), ...readStoredEnvironment() });

export const apps = [api, web].map(({ env: _env, url: _url, ...settings }) => settings);
