import type { Engine } from '@assay/database';
import { afterAll, beforeAll } from 'vitest';
import type { Person } from './people.ts';
import type { ServerProcess } from './processes.ts';
import { restClient, type CallOptions, type RestClient } from './rest.ts';
import { startApi, type SuiteApi, type TestApi } from './test-api.ts';
import { createTestDatabase, type SuiteDatabase, type TestDatabase } from './test-database.ts';

/** What most suites need: a database, the API on it in this process, requests to it, and people who are signed in. */
export interface Product {
  readonly db: SuiteDatabase;
  readonly api: SuiteApi;
  readonly rest: RestClient;
  /** The options of a call that this person makes. */
  readonly as: (person: Pick<Person, 'id'>) => CallOptions & { token: string };
}

/** Variables of the API's environment; a function where they are known only once earlier hooks have run. */
export type Environment = Record<string, string> | (() => Record<string, string>);

/**
 * A migrated, empty database for the suite that calls this: open from its first hook until after its last one. The object may be
 * taken apart by name at once; its properties throw until the hook has run.
 */
export function useDatabase(engine: Engine): SuiteDatabase {
  let opened: TestDatabase | undefined;
  const current = () => there(opened, 'database');
  beforeAll(async () => {
    opened = await createTestDatabase(engine);
  });
  afterAll(() => opened?.drop());
  return {
    engine,
    get url() {
      return current().url;
    },
    get target() {
      return current().target;
    },
    get database() {
      return current().database;
    },
  };
}

/** The API on a database, in this process, for the suite that calls this. */
export function useApi(db: Pick<TestDatabase, 'url'>, environment: Environment = {}): Omit<Product, 'db'> {
  let started: TestApi | undefined;
  const current = () => there(started, 'API');
  beforeAll(async () => {
    started = await startApi(db, typeof environment === 'function' ? environment() : environment);
  });
  afterAll(() => started?.close());
  const api: Product['api'] = {
    get url() {
      return current().url;
    },
    get container() {
      return current().container;
    },
    get samples() {
      return current().samples;
    },
    tokenFor: (person) => current().tokenFor(person),
  };
  return { api, rest: restClient(() => api.url), as: (person) => ({ token: api.tokenFor(person) }) };
}

/** A process of its own for the suite that calls this: started before its tests, asked to stop after them. */
export function useProcess(start: () => Promise<ServerProcess>): Omit<ServerProcess, 'stop'> {
  let started: ServerProcess | undefined;
  const current = () => there(started, 'process');
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started?.stop());
  return {
    get url() {
      return current().url;
    },
    get child() {
      return current().child;
    },
    output: () => current().output(),
  };
}

/** A database and the API on it, for the suite that calls this. */
export function useProduct(engine: Engine, environment?: Environment): Product {
  const db = useDatabase(engine);
  return { db, ...useApi(db, environment) };
}

function there<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The ${name} of this suite is not open yet: use it in a hook or a test.`);
  return value;
}
