import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Registry } from 'prom-client';
import type { Family, WorkerReport } from './merge.ts';

/** How long a scrape waits for another process. */
const ANSWER_WITHIN_MS = 1000;
const REPORT_BYTES_MAX = 8_000_000;
/** A socket that refuses is a dead one, unless it was made this moment. */
const NEW_MS = 5000;
/** The longest address of a Unix socket that every system takes. */
const ADDRESS_MAX = 100;
/** Answers whether the process runs, without its metrics. */
const ALIVE = '/alive';
/** App, worker and process id. */
const ENTRY = /^([a-z-]+)\.([\w-]+)\.(\d+)\.sock$/;

export interface WorkerOptions {
  app: string;
  /** The number that a process manager gave; the process id where there is none. */
  worker: string | null;
  registry: Registry;
}

export interface Collected {
  reports: WorkerReport[];
  /** Processes that hang, by their sockets. */
  unreachable: { app: string; worker: string; pid: number }[];
}

/**
 * The processes of one machine, which share their metrics. The process that Prometheus scrapes asks all others at that moment:
 * PM2 spreads connections over the processes, so that a scrape cannot choose one.
 */
export interface Workers {
  /**
   * Lets the others ask this one, from now on.
   * @param directory where the sockets of all are; made if need be, for this user alone
   * @param isServing false when this process is about to stop
   * @throws Error when the directory cannot be made, or others may write to it
   */
  join(directory: string, isServing: () => boolean): Promise<void>;
  /** What this process, and every other one that has joined, has measured until now. */
  collect(): Promise<Collected>;
  /** The other processes that do not answer, though they run: they hang, or were stopped from outside. */
  silent(): Promise<Collected['unreachable']>;
  leave(): void;
}

export function createWorkers({ app, worker, registry }: WorkerOptions): Workers {
  const startedAt = Date.now();
  const name = worker ?? String(process.pid);
  let joined: { directory: string; server: Server; entry: string; isServing: () => boolean } | null = null;

  const ownReport = async (): Promise<WorkerReport> => ({
    app,
    worker: name,
    pid: process.pid,
    startedAt,
    serving: joined?.isServing() ?? true,
    families: (await registry.getMetricsAsJSON()) as unknown as Family[],
  });

  const leave = () => {
    if (!joined) return;
    const { server, directory, entry } = joined;
    joined = null;
    server.close();
    server.closeAllConnections();
    rmSync(path.join(directory, entry), { force: true });
  };

  const join = async (wanted: string, isServing: () => boolean) => {
    const directory = socketDirectory(wanted);
    const entry = `${app}.${name}.${process.pid}.sock`;
    const server = createServer((req, res) => {
      if (req.url === ALIVE) return void res.end('{}');
      ownReport().then(
        (report) => res.end(JSON.stringify(report)),
        () => res.writeHead(500).end(),
      );
    });
    rmSync(path.join(directory, entry), { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // exclusive: in cluster mode, too, the socket is this process's own.
      server.listen({ path: addressOf(directory, entry), exclusive: true }, resolve);
    });
    server.unref();
    if (isWindows) writeFileSync(path.join(directory, entry), '');
    else chmodSync(path.join(directory, entry), 0o600);
    joined = { directory, server, entry, isServing };
  };

  /** Makes the socket again after a cleaner of temporary files has deleted the directory. */
  const rejoin = async () => {
    if (!joined || existsSync(path.join(joined.directory, joined.entry))) return;
    const { directory, isServing } = joined;
    leave();
    await join(directory, isServing);
  };

  /** What the other processes of the directory answer, and which of them are silent. */
  const askOthers = async (url: string) => {
    const { directory, entry: mine } = joined ?? {};
    const others = directory ? readdirSync(directory).filter((entry) => ENTRY.test(entry) && entry !== mine) : [];
    const answers = await Promise.all(others.map((entry) => ask(directory!, entry, url)));
    return { answers, unreachable: others.filter((_, i) => answers[i] === 'silent').map(identityOf) };
  };

  return {
    async join(directory, isServing) {
      await join(directory, isServing);
      process.once('exit', leave);
    },

    async collect() {
      await rejoin().catch(() => {}); // alone, then
      const [own, { answers, unreachable }] = await Promise.all([ownReport(), askOthers('/')]);
      return { reports: [own, ...answers.filter((answer) => typeof answer === 'object')], unreachable };
    },
    silent: async () => (await askOthers(ALIVE)).unreachable,
    leave,
  };
}

function identityOf(entry: string): Collected['unreachable'][number] {
  const [, app, worker, pid] = ENTRY.exec(entry)!;
  return { app: app!, worker: worker!, pid: Number(pid) };
}

const isWindows = process.platform === 'win32';
const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** On Windows an entry is an empty file that stands for a named pipe. */
const addressOf = (directory: string, entry: string) =>
  isWindows ? `\\\\.\\pipe\\assay-${shortHash(directory)}-${entry}` : path.join(directory, entry);

/** The directory itself, or one for temporary files where its path is too long for sockets. @throws Error when it is open to others */
function socketDirectory(wanted: string): string {
  const fits = isWindows || path.join(wanted, 'marketplace-api.4194304.4194304.sock').length <= ADDRESS_MAX;
  const directory = fits ? wanted : path.join(tmpdir(), `assay-${shortHash(wanted)}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { mode, uid } = lstatSync(directory);
  const open = !statSync(directory).isDirectory() || (!isWindows && (uid !== process.getuid?.() || (mode & 0o077) !== 0));
  if (open) throw new Error(`${directory} is not a directory of this user alone (chmod 700)`);
  return directory;
}

/** Asks one process. The socket of a dead one is deleted; a silent one hangs. */
function ask(directory: string, entry: string, url: string): Promise<WorkerReport | 'alive' | 'dead' | 'silent'> {
  const file = path.join(directory, entry);
  return new Promise((resolve) => {
    const request = get({ socketPath: addressOf(directory, entry), path: url, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      let size = 0;
      res.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > REPORT_BYTES_MAX) request.destroy();
        else chunks.push(chunk);
      });
      res.on('close', () =>
        resolve(url === ALIVE && res.complete ? 'alive' : (res.complete && parseReport(Buffer.concat(chunks).toString())) || 'silent'),
      );
    });
    const late = setTimeout(() => request.destroy(new Error('late')), ANSWER_WITHIN_MS);
    request.on('close', () => clearTimeout(late));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const refused = error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
      const madeAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const dead = refused && (Date.now() - madeAt > NEW_MS || !isAlive(entry));
      if (dead) rmSync(file, { force: true });
      resolve(dead ? 'dead' : 'silent');
    });
  });
}

function parseReport(text: string): WorkerReport | null {
  try {
    const report = JSON.parse(text) as WorkerReport;
    return Array.isArray(report.families) ? report : null;
  } catch {
    return null;
  }
}

function isAlive(entry: string): boolean {
  try {
    process.kill(identityOf(entry).pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
