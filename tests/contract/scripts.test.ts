import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { describe, expect, it } from 'vitest';
import { TEST_GROUPS } from '../../scripts/lib/test-groups.ts';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Every `npm run …` and `npm test` of the founding documents. */
const OF_THE_DOCUMENTS = `
  test build migrate:up migrate:down migrate:status migrate:force recalculate-aggregates
  test:integration test:e2e test:integration:prod test:staging:integration test:staging:e2e
  test:api-integration test:websocket-integration test:cache-integration test:error-handling test:mobile-integration
  test:tier-integration test:seller-integration test:seller-components
  validate:pre-deployment validate:production:endpoints validate:seller-workflows health:check:production
  backup:create migrate:production deploy:staging deploy:production:backend deploy:production:frontend
  rollback:production verify:rollback monitor:performance monitor:rollback-recovery report:performance
`
  .trim()
  .split(/\s+/);

/** The command of a script, and its arguments. */
function callOf(name: string): string[] {
  return /^node scripts\/bootstrap\.mjs (.+)$/.exec(scripts[name] ?? '')?.[1]?.split(' ') ?? [];
}

describe('the scripts of package.json', () => {
  it.each(OF_THE_DOCUMENTS)('the founding documents’ name "%s" is one of them', (name) => expect(scripts).toHaveProperty([name]));

  it.each(Object.keys(scripts))('%s runs a command that exists', (name) => {
    const [task] = callOf(name);
    expect(task === 'exec' || existsSync(path.join(ROOT, 'scripts', `${task}.ts`)), scripts[name]).toBe(true);
  });

  it.each(Object.keys(scripts).filter((name) => callOf(name)[0] === 'test'))('%s names parts that npm test knows', (name) => {
    const known = ['types', 'lint', 'unit', 'contract', 'tsql', 'integration', 'ops', 'browser', ...Object.keys(TEST_GROUPS)];
    expect(known).toEqual(expect.arrayContaining(callOf(name).slice(1)));
  });

  it.each(Object.keys(scripts).filter((name) => callOf(name)[0] === 'smoke'))('%s names parts that the smoke tests have', (name) => {
    const parts = readdirSync(path.join(ROOT, 'tests', 'smoke')).flatMap((file) => /^(\w+)\.(?:test|spec)\.ts$/.exec(file)?.[1] ?? []);
    expect(parts).toEqual(expect.arrayContaining(callOf(name).slice(1)));
  });
});

it.each(Object.entries(TEST_GROUPS))('the group of tests "%s" has files that exist', (_, { runner, files }) => {
  for (const file of files) expect(existsSync(path.join(ROOT, runner === 'playwright' ? 'tests/e2e' : '', file)), file).toBe(true);
});
