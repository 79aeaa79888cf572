import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface RedisServer {
  readonly url: string;
  /** As a power cut would. */
  kill(): Promise<void>;
}

/** A way to a server that can be cut and mended: what is behind it knows nothing of that. */
export interface CuttableWay {
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cuttableWay(to: number): Promise<CuttableWay> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one
        .on('error', () => {})
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      drop();
    },
    mend: () => void (isCut = false),
    close: () => {
      drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Three masters of one cluster, without replicas. `url` is the first one's. */
export async function startRedisCluster(): Promise<RedisServer> {
  const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const nodes = await Promise.all([0, 1, 2].map(() => startRedis(undefined, options)));
  const ports = nodes.map(({ url }) => Number(new URL(url).port));
  const slots = ['0 5460', '5461 10922', '10923 16383'];
  await Promise.all(ports.map((port, i) => ask(port, `CLUSTER ADDSLOTSRANGE ${slots[i]}`)));
  for (const port of ports.slice(1)) await ask(port, `CLUSTER MEET 127.0.0.1 ${ports[0]}`);
  const isWhole = (info: string) => info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3');
  while (!(await Promise.all(ports.map((port) => ask(port, 'CLUSTER INFO')))).every(isWhole)) await setTimeout(50);
  return { url: nodes[0]!.url, kill: async () => void (await Promise.all(nodes.map((node) => node.kill()))) };
}

/** Sends one command, and reads until the server closes. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\nQUIT\r\n`));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

/** A Redis of its own that keeps nothing, from `REDIS_SERVER_PATH` or the PATH. @throws Error when there is none */
export async function startRedis(port?: number, options: string[] = []): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-redis-'));
  const args = ['--bind', '127.0.0.1', '--port', String(chosen), '--save', '', '--appendonly', 'no', '--dir', dir, ...options];
  // Not its standard error: a test that fails before it ends the server would keep the readers of ours waiting.
  const child = spawn(process.env.REDIS_SERVER_PATH || 'redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended (exit ${code})`)));
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('Ready to accept connections') && resolve());
  });
  return {
    url: `redis://127.0.0.1:${chosen}`,
    async kill() {
      child.kill('SIGKILL');
      await exited;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A port without a listener now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
