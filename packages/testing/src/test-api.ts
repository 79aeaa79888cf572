import { spawn, type ChildProcess } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createApiServer, createContainer, createLogger, readConfig, ROOT, type Container } from '@assay/api';
import type { Person } from './people.ts';
import type { TestDatabase } from './test-database.ts';

const SECRET = 'a-secret-that-only-tests-know-0123456789';

/** The environment of an API process under test: limits so wide that only the tests about limits meet them. */
export function testEnvironment(url: string, overrides: Record<string, string> = {}): Record<string, string> {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '8',
    DATABASE_CONNECTION_TIMEOUT: '60000',
    REQUEST_TIMEOUT_MS: '60000',
    JWT_SECRET: SECRET,
    RATE_LIMIT_MAX_REQUESTS: '1000000',
    LOG_LEVEL: 'silent',
    ...overrides,
  };
}

export interface TestApi {
  readonly url: string;
  readonly container: Container;
  /** A bearer token for somebody. */
  tokenFor(person: Pick<Person, 'id' | 'roles'>): string;
  close(): Promise<void>;
}

/** The API in this process, on a port of its own. */
export async function startApi(db: TestDatabase, overrides: Record<string, string> = {}): Promise<TestApi> {
  const config = readConfig(testEnvironment(db.url, overrides));
  const container = await createContainer(config, createLogger(config.logLevel, 'test'));
  const { server } = createApiServer(container);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    container,
    tokenFor: ({ id, roles }) => tokenFor(container, id, roles),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await container.close();
    },
  };
}

function tokenFor(container: Container, userId: number, roles: Person['roles']): string {
  return container.tokens.issueAccessToken({ userId, roles, sessionId: container.tokens.newSessionId() }, new Date()).token;
}

export interface ApiProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it wrote. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The API as operators run it: a process of its own. Resolves when it says that it is ready. */
export async function spawnApi(url: string, overrides: Record<string, string> = {}): Promise<ApiProcess> {
  const env = { PATH: process.env.PATH ?? '', ...testEnvironment(url, { LOG_LEVEL: 'info', ...overrides }) };
  const child = spawn(process.execPath, [path.join(ROOT, 'apps', 'api', 'src', 'main.ts')], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let port = 0;
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
      else port = (message as { port: number }).port;
    });
    child.on('exit', (code) => reject(new Error(`The API process ended (exit ${code}):\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    output: () => output,
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
        child.once('exit', resolve);
        child.kill(signal);
      }),
  };
}
