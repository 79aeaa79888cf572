import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { freePort, PRODUCTION, type Run } from '@assay/testing';
import { takeFrom } from '../../scripts/lib/make-release.ts';

/** A deployment of its own: a checkout with one commit, free ports, PM2 with its own daemon. */
export interface Deployment {
  readonly home: string;
  readonly apiUrl: string;
  readonly webUrl: string;
  readonly secret: string;
  /** `npm run TASK -- …`, as an operator runs it in the deployment. */
  run(task: string, ...args: string[]): Promise<Run>;
  /** The same with variables exported in the shell. */
  runWith(variables: Record<string, string>, task: string, ...args: string[]): Promise<Run>;
  /** Writes files, commits them. Returns the name that a release of it has. */
  commit(message: string, files: Record<string, string>): string;
  remove(): void;
}

const NOT_COPIED =
  /^(node_modules|\.git|\.tools|\.svelte-kit|build|test-results|playwright-report|coverage|generated|\.env|\.bench-web|\.building.*)$/;
/** Data of this checkout stay here; a route may have that name. */
const isCopied = (source: string) => source === ROOT || (source !== path.join(ROOT, 'data') && !NOT_COPIED.test(path.basename(source)));
const SECRET = 'q1W8xYb3Tn5Vd7Lk0Zs2Rf4Hg6Jc9Mp+Ae/Uo';

/**
 * The deployment's pages are built, so that releases with the same pages build none.
 * @param own lines of .env; the addresses that the apps listen on are 127.0.0.1 by default
 */
export async function createDeployment(own: Record<string, string> = {}): Promise<Deployment> {
  const home = mkdtempSync(path.join(tmpdir(), 'assay-deployed-'));
  cpSync(ROOT, home, { recursive: true, filter: isCopied });
  takeFrom(ROOT, home);
  const [apiPort, webPort] = [await freePort(), await freePort()];
  const settings = {
    JWT_SECRET: SECRET,
    API_PORT: apiPort,
    WEB_PORT: webPort,
    RATE_LIMIT_MAX_REQUESTS: 1_000_000,
    LOG_LEVEL: 'warn',
    ...PRODUCTION,
    ...own,
  };
  writeFileSync(
    path.join(home, '.env'),
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? home };
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@assay.example', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: home, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  git('init', '--quiet');
  const run = (task: string, ...args: string[]) => runWith({}, task, ...args);
  const runWith = (variables: Record<string, string>, task: string, ...args: string[]): Promise<Run> => {
    const child = spawn(process.execPath, ['scripts/bootstrap.mjs', task, ...args], {
      cwd: home,
      env: { ...env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    // Not "close": PM2's daemon, where a command has started it, keeps the pipes.
    return new Promise((resolve) => child.on('exit', (status) => setImmediate(() => resolve({ status, stdout, stderr }))));
  };
  await run('build');

  return {
    home,
    apiUrl: `http://${own.API_HOST ?? '127.0.0.1'}:${apiPort}`,
    webUrl: `http://${own.HOST ?? '127.0.0.1'}:${webPort}`,
    secret: SECRET,
    run,
    runWith,
    commit(message, files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
        writeFileSync(path.join(home, name), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD').slice(0, 12);
    },
    remove() {
      // No pipes: PM2 starts a daemon to end it, and the daemon would keep them open.
      const program = path.join(home, 'node_modules', 'pm2', 'bin', 'pm2');
      spawnSync(process.execPath, [program, 'kill'], { env: { ...env, PM2_HOME: path.join(home, 'data', 'pm2') }, stdio: 'ignore' });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
