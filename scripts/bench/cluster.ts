import { ROOT } from '@assay/api';
import path from 'node:path';
import { openPm2 } from '../lib/pm2.ts';

export interface Cluster {
  api: string;
  web: string;
  /** The pids of the API's and the web's processes. */
  pids(): number[];
  stop(): Promise<void>;
}

const PORTS = { api: 3974, web: 3975 };

/** Starts two API and two web processes under PM2 as ecosystem.config.js does, with all their files below `dir`. */
export async function startCluster(dir: string, environment: NodeJS.ProcessEnv): Promise<Cluster> {
  const home = path.join(dir, 'pm2');
  const env = {
    API_PORT: String(PORTS.api),
    WEB_PORT: String(PORTS.web),
    API_INSTANCES: '2',
    WEB_INSTANCES: '2',
    LOG_DIR: dir,
    RUNTIME_DIR: dir,
  };
  const pm2 = openPm2(home, { ...process.env, ...environment, ...env }, 'ignore');
  const code = await pm2.run(['start', path.join(ROOT, 'ecosystem.config.js')]);
  const online = pm2.list().filter(({ pm2_env }) => pm2_env.status === 'online');
  if (code !== 0 || online.length !== 4) {
    await pm2.run(['kill']);
    throw new Error(`PM2 has started ${online.length} of 4 processes; their logs are gone with ${dir}.`);
  }
  return {
    api: `http://127.0.0.1:${PORTS.api}`,
    web: `http://127.0.0.1:${PORTS.web}`,
    pids: () => pm2.list().map(({ pid }) => pid),
    stop: async () => void (await pm2.run(['kill'])),
  };
}
