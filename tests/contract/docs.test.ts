import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { ERRORS } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { TEST_GROUPS } from '../../scripts/lib/test-groups.ts';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const markdownIn = (folder: string) =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap(({ name }) =>
    name.endsWith('.md') ? [path.posix.join(folder, name)] : [],
  );
const DOCUMENTS = [...markdownIn('.'), ...markdownIn('docs'), ...markdownIn('docs/adr'), 'packages/client/README.md'];

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const variables = new Set([...read('.env.example').matchAll(/^#?([A-Z0-9_]+)=/gm)].map(([, name]) => name!));
const PARTS = new Set(['types', 'lint', 'unit', 'contract', 'tsql', 'integration', 'ops', 'browser', ...Object.keys(TEST_GROUPS)]);

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
const anchorsIn = (file: string) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

/** Words of a document that are code: between backticks, and in fences. */
const codeIn = (text: string) => [...text.matchAll(/```\w*\n(.*?)```|`([^`\n]+)`/gs)].map(([, fence, word]) => fence ?? word!);

/** Words of other programs that documents name. */
const OF_OTHERS = new Set([
  'NAME_FILE',
  'PM2_WORKER_INTERVAL',
  'NODE_EXTRA_CA_CERTS',
  'READ_COMMITTED_SNAPSHOT',
  'MARKETPLACE_DB',
  'COPY_ONLY',
  'IDENTITY_INSERT',
]);
/** Written by a program outside of the project. */
const GENERATED = new Set(['docs/security.md', 'docs/reviews.md']);

const SOURCES = ['apps/api/src', 'apps/web/src', 'packages', 'scripts', 'tests/integration', 'tests/ops'];
/** Names of constants and variables in the sources. */
const constants = new Set(
  SOURCES.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/(^|\/)(node_modules|generated)\//.test(name))
      .flatMap((name) =>
        [...read(path.join(folder, name)).matchAll(/\b(?:const |env\.)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g)].map(([, word]) => word!),
      ),
  ),
);

describe.each(DOCUMENTS)('%s', (file) => {
  const text = read(file);

  it('has links that lead to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^(https?|mailto):/.test(link));
    for (const link of links) {
      const [target, anchor] = link.split('#') as [string, string?];
      const place = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
      expect([link, existsSync(path.join(ROOT, place))]).toEqual([link, true]);
      if (anchor) expect([link, anchorsIn(place)]).toEqual([link, expect.arrayContaining([anchor])]);
    }
  });

  it('names files and folders of the project that exist', () => {
    const named = codeIn(text).flatMap((code) => [
      ...code.matchAll(
        /(?<![\w/.@$-])((?:apps|packages|scripts|tests|prisma|deploy|docs|\.github|\.devcontainer)\/[\w./@-]*[\w/])(?![\w*<{…]|\/?[…<{*])/g,
      ),
    ]);
    const example = 'prisma/migrations/sqlserver/20250301120000_add_x.sql';
    const isBuilt = (place: string) => /(^|\/)(build|dist)(\/|$)/.test(place); // absent until the first build
    for (const [, place] of named)
      if (place !== example && !isBuilt(place!)) expect([place, existsSync(path.join(ROOT, place!))]).toEqual([place, true]);
  });

  it('names npm scripts, and parts of npm test, that exist', () => {
    for (const code of codeIn(text)) {
      for (const [, name] of code.matchAll(/\bnpm run (?:--\w+ )?([\w:-]*\w)(?![\w:]*[*…])/g))
        expect([name, Object.hasOwn(scripts, name!)]).toEqual([name, true]);
      for (const [, parts] of code.matchAll(/\bnpm test -- ([a-z][a-z ]*)/g))
        for (const part of parts!.trim().split(/\s+/)) expect([part, PARTS.has(part)]).toEqual([part, true]);
    }
  });

  it('names variables that the product has', () => {
    const named = codeIn(text).flatMap((code) =>
      [...code.matchAll(/(?<![\w$/.#])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\w…])/g)].map(([, name]) => name!),
    );
    const known = (name: string) => [variables, constants, OF_OTHERS].some((names) => names.has(name)) || Object.hasOwn(ERRORS, name);
    expect([...new Set(named.filter((name) => !known(name)))]).toEqual([]);
  });

  if (GENERATED.has(file)) return;
  it('says what is, and names who does it', () => {
    const refused = /\b(so far|no one|someone|for now|at the moment|as of now)\b/i;
    expect(text.split('\n').filter((line) => refused.test(line))).toEqual([]);
  });
});
