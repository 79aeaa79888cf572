import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

interface Import {
  from: string;
  /** The package, without a path inside it; null for a file of one's own. */
  name: string | null;
  /** Erased before it runs. */
  type: boolean;
  /** What is taken from it: "*" for everything. */
  names: string[];
}
interface Source {
  file: string;
  text: string;
  imports: Import[];
}

const NOT_OURS = new Set(['node_modules', 'generated', 'build', '.svelte-kit', 'static', 'test-results']);

/** Paths below a folder, from the root, with slashes. */
function filesBelow(folder: string, endings = /\.(ts|mjs|js|svelte)$/): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) || entry.name.startsWith('.') ? [] : filesBelow(file, endings);
    return endings.test(entry.name) ? [file] : [];
  });
}

function importsOf(file: string, text: string): Import[] {
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n')
    : text;
  const found: Import[] = [];
  const add = (from: string, type: boolean, names: string[]) => {
    const own = /^[.#$/]/.test(from);
    found.push({ from, type, names, name: own ? null : /^(node:[^/]+|@[^/]+\/[^/]+|[^/]+)/.exec(from)![1]! });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const names =
        bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text) : ['*'];
      // `import { type A }` still loads the module; `import type` does not.
      add(node.moduleSpecifier.text, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword, names);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, node.isTypeOnly, ['*']);
    else if (ts.isCallExpression(node) && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) {
      const called = node.expression;
      const loads =
        called.kind === ts.SyntaxKind.ImportKeyword ||
        /^(require|ours)(\.resolve)?$|createRequire\(.*\)(\.resolve)?$/.test(called.getText());
      if (loads) add(node.arguments[0].text, false, ['*']);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true));
  return found;
}

const read = (file: string): Source => {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return { file, text, imports: importsOf(file, text) };
};
const isTest = ({ file }: Source) => /\.(test|spec)\.ts$/.test(file);
const all = ['apps', 'packages', 'scripts', 'prisma', 'tests'].flatMap((folder) => filesBelow(folder)).map(read);
const atRoot = readdirSync(ROOT)
  .filter((name) => /\.(ts|js|mjs)$/.test(name))
  .map(read);
const product = all.filter((source) => !isTest(source) && !source.file.startsWith('tests/'));
const within = (folder: string, sources = product) => sources.filter(({ file }) => file.startsWith(`${folder}/`));

/** "file imports x" for each import that the rule does not allow. */
const offences = (sources: Source[], allows: (one: Import, file: string) => boolean) =>
  sources.flatMap(({ file, imports }) => imports.filter((one) => !allows(one, file)).map(({ from }) => `${file} imports ${from}`));

const builtin = ({ name }: Import) => name?.startsWith('node:') ?? false;
const own = ({ name }: Import) => name === null;
const oneOf = ({ name }: Import, ...names: string[]) => name !== null && names.includes(name);

describe('imports point one way', () => {
  it('what these tests look at is there', () => {
    for (const folder of [
      'apps/api',
      'apps/web',
      'packages/client',
      'packages/contract',
      'packages/core',
      'packages/database',
      'packages/telemetry',
      'scripts',
    ])
      expect(within(folder).flatMap(({ imports }) => imports).length, folder).toBeGreaterThan(3);
    expect(importsOf('a.svelte', `<script lang="ts">import type A from 'a'; import { b as c, type D } from "@x/b/c";</script>`)).toEqual([
      { from: 'a', name: 'a', type: true, names: ['*'] },
      { from: '@x/b/c', name: '@x/b', type: false, names: ['b', 'D'] },
    ]);
    expect(importsOf('a.ts', `export * from './a.ts'; await import('b'); require.resolve('c/d.json');`).map(({ name }) => name)).toEqual([
      null,
      'b',
      'c',
    ]);
  });

  it('the contract knows zod and nothing else: it runs in a browser', () => {
    expect(offences(within('packages/contract'), (one) => own(one) || oneOf(one, 'zod'))).toEqual([]);
  });

  it('the core knows the contract and nothing else, not even Node', () => {
    expect(offences(within('packages/core'), (one) => own(one) || oneOf(one, '@assay/contract'))).toEqual([]);
  });

  it('the database knows contract and core, and is the one place that knows an engine', () => {
    const engines = [
      '@prisma/adapter-better-sqlite3',
      '@prisma/adapter-mssql',
      '@prisma/client',
      '@prisma/driver-adapter-utils',
      'better-sqlite3',
      'mssql',
    ];
    const allowed = (one: Import) =>
      own(one) || builtin(one) || oneOf(one, '@assay/contract', '@assay/core', 'lru-cache', 'zod', ...engines);
    expect(offences(within('packages/database'), allowed)).toEqual([]);
    // A lock is a SQLite file of its own, without data.
    const elsewhere = product.filter(({ file }) => !/^(packages\/(database|testing)|scripts\/(bench|lib\/alone\.ts$))/.test(file));
    expect(offences(elsewhere, (one) => !oneOf(one, ...engines))).toEqual([]);
  });

  it('what the engines do differently is in engine/: a repository asks for no engine and casts no row', () => {
    const repositories = within('packages/database/src/repositories');
    expect(repositories.length).toBeGreaterThan(20);
    const offending = repositories.filter(({ text }) => /\.engine\s*[!=]==|\bengine\s*[!=]==|as unknown as|JSON\.parse\(/.test(text));
    expect(offending.map(({ file }) => file)).toEqual([]);
    const named = repositories.flatMap(({ file, imports }) =>
      imports.filter(({ from }) => /-sqlite|-sqlserver|\/sqlite|\/sqlserver/.test(from)).map(() => file),
    );
    expect(named).toEqual([]);
  });

  it('the client knows the contract, and of the API its types', () => {
    const allowed = (one: Import) =>
      oneOf(one, '@assay/contract', '@trpc/client', 'cockatiel') ||
      one.from === '@trpc/server/observable' ||
      (one.type && oneOf(one, '@assay/api', '@trpc/server'));
    expect(offences(within('packages/client'), (one) => own(one) || allowed(one))).toEqual([]);
  });

  it('telemetry knows the contract and libraries, and is known by the two processes alone', () => {
    expect(offences(within('packages/telemetry'), (one) => !one.name?.startsWith('@assay/') || oneOf(one, '@assay/contract'))).toEqual([]);
    const elsewhere = product.filter(({ file }) => !file.startsWith('apps/'));
    expect(offences(elsewhere, (one) => !oneOf(one, '@assay/telemetry'))).toEqual([]);
    const inBrowsers = within('apps/web').filter(({ file }) => file.startsWith('apps/web/src/') && !/\/server\/|\.server\.ts$/.test(file));
    expect(offences(inBrowsers, (one) => !oneOf(one, '@assay/telemetry'))).toEqual([]);
  });

  it('the pages know contract and client, and of the API at most its types', () => {
    const ours = (one: Import) =>
      oneOf(one, '@assay/contract', '@assay/client', '@assay/runtime', '@assay/telemetry') || (one.type && oneOf(one, '@assay/api'));
    expect(offences(within('apps/web'), (one) => !one.name?.startsWith('@assay/') || ours(one))).toEqual([]);
  });

  it('what keeps a process in order knows Node and nothing else', () => {
    const runtime = within('packages/runtime');
    expect(runtime.length).toBeGreaterThan(2);
    expect(offences(runtime, (one) => own(one) || builtin(one))).toEqual([]);
  });

  it('the API touches the database in its wiring, and in these places by these names only', () => {
    const allowed: Record<string, string[]> = {
      'apps/api/src/metrics/metrics.ts': ['DatabaseOperation'],
      'apps/api/src/container.ts': ['createRepositories', 'idempotencyStore', 'openDatabase', 'Database', 'IdempotencyStore', 'Queryable'],
      'apps/api/src/unit-of-work.ts': ['Queryable'],
      'apps/api/src/config.ts': ['parseDatabaseUrl', 'DatabaseTarget'],
      'apps/api/src/unprotected.ts': ['settingOf', 'DatabaseTarget'], // whether the configured connection has TLS
      'apps/api/src/main.ts': ['openMigrator', 'migrationNames', 'describeMissing', 'describeTarget', 'describeDatabaseError'], // whether it may start
      'apps/api/src/health/note-start.ts': ['PROCESS_ALIVE_MS', 'storageFault'],
      'apps/api/src/health/database-check.ts': ['isBusy', 'storageFault', 'Database'], // what its errors mean for health
      'apps/api/src/health/product-probes.ts': ['migrationNames'],
      'apps/api/src/services/observe-statements.ts': ['Observe'], // what the container gives the database
      'apps/api/src/http/idempotency.ts': ['idempotencyStore'], // in the transaction of what the request does
      'apps/api/src/http/problems.ts': ['isBusy', 'isUnavailable', 'storageFault'], // try again later, instead of a fault of ours
    };
    const fits = (one: Import, file: string) => one.name !== '@assay/database' || one.names.every((name) => allowed[file]?.includes(name));
    expect(offences(within('apps/api'), fits)).toEqual([]);
  });

  it('scripts come in through the API’s container; the database itself is for those that move or measure it', () => {
    const direct = new Set(['scripts/bench.ts', 'scripts/lib/database-state.ts', 'scripts/migrate.ts', 'scripts/start.ts']);
    const described = ({ names, type }: Import) =>
      type || names.every((name) => ['describeTarget', 'describeMissing', 'describeDatabaseError'].includes(name));
    const fits = (one: Import, file: string) => one.name !== '@assay/database' || direct.has(file) || described(one);
    expect(offences([...within('scripts'), ...within('prisma')], fits)).toEqual([]);
  });

  it('nothing of the product imports what is for tests, and nothing imports the pages', () => {
    const forTests = product.filter(({ file }) => !file.startsWith('packages/testing/'));
    expect(offences(forTests, (one) => !oneOf(one, '@assay/testing', 'vitest', 'fast-check'))).toEqual([]);
    expect(offences(all, (one) => !oneOf(one, '@assay/web'))).toEqual([]);
  });

  it('packages reach each other by name, never by path', () => {
    const home = (file: string) => /^((?:apps|packages)\/[^/]+)\//.exec(file)?.[1];
    const stays = ({ from }: Import, file: string) =>
      !from.startsWith('.') || path.posix.join(path.posix.dirname(file), from).startsWith(`${home(file)}/`);
    expect(offences([...within('apps'), ...within('packages')], stays)).toEqual([]);
    const target = ({ from }: Import, file: string) => (from.startsWith('.') ? path.posix.join(path.posix.dirname(file), from) : '');
    expect(offences([...within('scripts'), ...within('prisma')], (one, file) => !home(target(one, file)))).toEqual([]);
    const web = (file: string) => file.startsWith('apps/web/'); // has no name to be imported by
    expect(offences(within('tests', all), (one, file) => !home(target(one, file)) || web(target(one, file)))).toEqual([]);
  });
});

it('the environment is read by the config modules: others hand it over whole, or are named here', () => {
  const allowed = new Set([
    'apps/web/server.ts', // sets which headers Kit's handler, which reads nothing else, believes
    'packages/testing/src/engines.ts', // TEST_SQLSERVER_URL
    'packages/testing/src/processes.ts', // PATH, for children
    'packages/testing/src/redis.ts',
    'packages/testing/src/s3.ts', // TEST_S3_URL
    'packages/testing/src/statements/recorder.ts', // TEST_STATEMENTS_DIR
    'packages/testing/src/scripts.ts',
    'scripts/smoke.ts', // SMOKE_URL
    'scripts/lib/command.ts', // SUDO_USER, for the audit log
    'scripts/lib/statement-record.ts', // TEST_SQLSERVER_URL
    'scripts/lib/progress.ts', // NO_COLOR and TERM
    'scripts/lib/test-tools.ts', // where a browser is
    'scripts/lib/process-environment.ts', // hands it over, with what .env adds
    'scripts/current/run.ts', // whether PM2 started the process
    'scripts/lib/switch-release.ts', // PM2_HOME
    'scripts/start.ts', // the ports, and a secret of its own
  ]);
  const handedOver = /(readConfig|readDatabaseTarget)\((\{ \.\.\.)?process\.env\b|\{ \.\.\.process\.env\b|Object\.entries\(process\.env\)/;
  const lines = [...product, ...atRoot.filter(({ file }) => !file.includes('config'))].flatMap(({ file, text }) =>
    text
      .split('\n')
      .filter((line) => /process\.env|\$env\/|import\.meta\.env/.test(line) && !line.trim().startsWith('//'))
      .map((line) => ({ file, line: line.trim() })),
  );
  expect(lines.filter(({ file, line }) => !allowed.has(file) && !handedOver.test(line))).toEqual([]);
  // Whole, too, it is handed over at the edge only.
  const edge = /^(apps\/api\/src\/main|apps\/web\/server|apps\/web\/src\/lib\/server\/api)\.ts$|^packages\/testing\//;
  expect(lines.filter(({ file }) => /^(apps|packages|prisma)\//.test(file) && !edge.test(file))).toEqual([]);
});

it('no source file has more than 320 lines', () => {
  const long = product.filter(({ text }) => text.trimEnd().split('\n').length > 320);
  expect(long.map(({ file }) => file)).toEqual([]);
});

describe('dependencies', () => {
  type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>;
  const homes = [
    '.',
    ...['apps', 'packages'].flatMap((folder) => readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`)),
  ].filter((home) => readdirSync(path.join(ROOT, home)).includes('package.json'));
  const manifest = (home: string) => JSON.parse(readFileSync(path.join(ROOT, home, 'package.json'), 'utf8')) as Manifest;
  const declared = (home: string) => Object.keys({ ...manifest(home).dependencies, ...manifest(home).devDependencies });
  const sourcesOf = (home: string) =>
    home === '.'
      ? [...atRoot, ...within('scripts'), ...within('prisma'), ...all.filter(isTest), ...within('tests', all)]
      : within(home, all);

  /** Used without an import: what for, and a file that says so. */
  const TOOLS: Record<string, [file: string, words: RegExp]> = {
    '@prisma/client': ['packages/database/src/generated/sqlserver/client.ts', /from ['"]@prisma\/client/],
    '@types/node': ['tsconfig.base.json', /"types": \["node"\]/],
    eslint: ['scripts/test.ts', /'eslint'/],
    oxlint: ['scripts/test.ts', /'oxlint'/],
    'oxlint-tsgolint': ['scripts/test.ts', /'--type-aware'/], // what oxlint does that with
    pm2: ['ecosystem.config.js', /pm2/],
    prettier: ['scripts/test.ts', /'prettier'/],
    'prettier-plugin-svelte': ['.prettierrc.json', /prettier-plugin-svelte/],
    prisma: ['scripts/generate-clients.mjs', /'prisma', 'build'/],
    'svelte-check': ['scripts/test.ts', /'svelte-check'/],
    svelte: ['apps/web/vite.config.ts', /sveltekit\(/],
    '@sveltejs/vite-plugin-svelte': ['apps/web/vite.config.ts', /sveltekit\(/], // a peer of kit's plugin
    tailwindcss: ['apps/web/src/app.css', /@import 'tailwindcss/],
    typescript: ['scripts/test.ts', /'tsc'|'svelte-check'/],
  };

  it.each(homes)('%s uses each of its dependencies', (home) => {
    const imported = new Set(sourcesOf(home).flatMap(({ imports }) => imports.map(({ name }) => name)));
    const typed = (name: string) => name.startsWith('@types/') && imported.has(name.slice('@types/'.length).replace('__', '/'));
    const tool = (name: string) => TOOLS[name] && TOOLS[name][1].test(readFileSync(path.join(ROOT, TOOLS[name][0]), 'utf8'));
    expect(declared(home).filter((name) => !imported.has(name) && !typed(name) && !tool(name))).toEqual([]);
  });

  it.each(homes)('%s declares what it imports', (home) => {
    const known = new Set(declared(home));
    const sources =
      home === '.' ? [...atRoot, ...within('scripts'), ...within('prisma')] : within(home).filter(({ file }) => file.startsWith(home));
    expect(offences(sources, (one) => own(one) || builtin(one) || known.has(one.name!))).toEqual([]);
  });

  it('each entry of the catalog is used, and each use has an entry', () => {
    const catalog = readFileSync(path.join(ROOT, 'pnpm-workspace.yaml'), 'utf8').split(/^catalog:$/m)[1]!;
    const entries = [...catalog.matchAll(/^ {2}'?([^':\s]+)'?:/gm)].map(([, name]) => name!);
    const used = homes
      .flatMap((home) => Object.entries({ ...manifest(home).dependencies, ...manifest(home).devDependencies }))
      .filter(([, version]) => version === 'catalog:')
      .map(([name]) => name);
    expect([...new Set(used)].sort()).toEqual(entries.sort());
  });
});
