import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Release } from '@assay/runtime';
import { Refusal } from './command.ts';
import type { App } from './pm2-config.ts';
import { environmentOf } from './process-environment.ts';
import { APPS, folderOf } from './releases.ts';

/** Where a trial process listens, on whichever address the app's own processes do. */
const LOOPBACK = '127.0.0.1';
const START_MS_MAX = 60_000;
const ANSWER_MS_MAX = 10_000;

/** The addresses that an app must answer before it gets traffic. The front page needs pages, API and database. */
const PROBES: Record<App, string[]> = { api: ['/livez', '/readyz'], web: ['/livez', '/'] };

/**
 * Starts one process of a release on a free port, with the deployment's data and configuration, checks its health, and stops it.
 * @throws Refusal with the output of the process if it is not healthy
 */
export async function tryRelease(app: App, release: Release, environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [APPS[app].entry], {
    cwd: folderOf(release.id),
    env: { ...environmentOf(app, environment), PORT: '0', HOST: LOOPBACK, API_HOST: LOOPBACK, DRAIN_NOTICE_MS: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX);
  const ended = once(child, 'close');
  try {
    const port = await new Promise<number | null>((resolve) => {
      let known = 0;
      child.on('message', (message) => {
        if (message === 'ready') resolve(known);
        else if (typeof (message as { port?: unknown }).port === 'number') known = (message as { port: number }).port;
      });
      void ended.then(() => resolve(null));
    });
    if (port === null) throw new Refusal(`Release ${release.id} does not start, and nothing was changed:\n\n${output.trim()}`);
    const problem = await problemOf(app, `http://${LOOPBACK}:${port}`, release);
    if (problem) throw new Refusal(`Release ${release.id} starts, but ${problem}. Nothing was changed.`);
  } finally {
    child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  }
}

async function problemOf(app: App, url: string, release: Release): Promise<string | null> {
  for (const probe of PROBES[app]) {
    const status = await ask(`${url}${probe}`);
    if (status?.ok !== true) return `answers ${status ? String(status.status) : 'nothing'} to ${probe}`;
  }
  // Code older than releases would look for its data in its own folder.
  return (await releaseAt(url)) === release.id ? null : 'does not know that it is a release: its commit is older than this command';
}

/** The release that answers at a URL; null without an answer. Each request uses a new connection, so that all processes are reached. */
export async function releaseAt(url: string): Promise<string | null> {
  const answer = await ask(`${url}/health`);
  try {
    return (JSON.parse(answer?.text ?? '') as { release?: string }).release ?? null;
  } catch {
    return null;
  }
}

async function ask(url: string): Promise<{ status: number; ok: boolean; text: string } | null> {
  try {
    const answer = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return { status: answer.status, ok: answer.ok, text: await answer.text() };
  } catch {
    return null;
  }
}
