import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiServer, createContainer, createLogger, readConfig, type Container, type ReplacedServices } from '@assay/api';
import { sessionIdOf, type Person } from './people.ts';
import { recordingVariables } from './statements/recorder.ts';
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
    DRAIN_NOTICE_MS: '0',
    HANG_TIMEOUT_MS: '60000',
    JWT_SECRET: SECRET,
    RATE_LIMIT_MAX_REQUESTS: '1000000',
    LOG_LEVEL: 'silent',
    // Beside the database where that is a file: it goes with it.
    MEDIA_DIR: url.startsWith('file:')
      ? path.join(path.dirname(url.slice('file:'.length)), 'media')
      : path.join(tmpdir(), `assay-media-${process.pid}`),
    MAIL_DIR: url.startsWith('file:')
      ? path.join(path.dirname(url.slice('file:'.length)), 'mail')
      : path.join(tmpdir(), `assay-mail-${process.pid}`),
    PAYOUT_DETAILS_KEY: Buffer.from('a key that only the tests have!!').toString('base64'),
    ...(url.startsWith('sqlserver:') ? recordingVariables() : {}),
    ...overrides,
  };
}

export interface TestApi {
  readonly url: string;
  readonly container: Container;
  /** What it has answered. */
  readonly samples: ReturnType<typeof createApiServer>['samples'];
  /** A bearer token of a person that {@link createPeople} made. */
  tokenFor(person: Pick<Person, 'id'>): string;
  close(): Promise<void>;
}
/** An API that its suite starts and closes: see useApi. */
export type SuiteApi = Omit<TestApi, 'close'>;

/**
 * The API in this process, on a port of its own.
 * @param replaced services in place of those of the configuration
 */
export async function startApi(
  db: Pick<TestDatabase, 'url'>,
  overrides: Record<string, string> = {},
  replaced: ReplacedServices = {},
): Promise<TestApi> {
  const config = readConfig(testEnvironment(db.url, overrides));
  const container = await createContainer(config, createLogger(config.logLevel, 'test'), replaced);
  await container.feed.start();
  await container.flags.start();
  const { server, samples, stop } = createApiServer(container);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    container,
    samples,
    tokenFor: ({ id }) => container.tokens.issueAccessToken({ userId: id, sessionId: sessionIdOf(id) }, new Date()).token,
    async close() {
      server.closeAllConnections();
      await stop();
      await container.close();
    },
  };
}
