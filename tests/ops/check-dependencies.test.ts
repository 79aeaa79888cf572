import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { runScript } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAYS, judge, lastDay, readNoted, type Advisory } from '../../scripts/lib/advisories.ts';

const ID = 'GHSA-aaaa-bbbb-cccc';
const advisory = (severity: Advisory['severity']): Advisory => ({
  id: ID,
  package: 'express',
  versions: ['5.0.0'],
  severity,
  title: 'a hole',
  url: `https://github.com/advisories/${ID}`,
  patched: '>=6',
});
const noted = (since: string, severity: Advisory['severity'] = 'high') => ({ [ID]: { package: 'express', severity, since } });

describe('a known vulnerability of a dependency', () => {
  it('is an error as long as it is not noted, with the line that notes it', () => {
    const { problems } = judge([advisory('high')], {}, '2026-11-29');
    expect(problems).toEqual([expect.stringContaining(`{"${ID}":{"package":"express","severity":"high","since":"2026-11-29"}}`)]);
    expect(problems[0]).toMatch(/express 5\.0\.0: a hole \(high, .*\) is new: update to >=6, or note it .* 14 days/);
  });

  it.each([
    ['critical', '2026-12-04'],
    ['high', '2026-12-15'],
    ['moderate', '2027-03-01'],
    ['low', '2027-03-01'],
  ] as const)('that is %s is an error after its time, not before', (severity, until) => {
    const since = '2026-12-01';
    expect(lastDay({ package: 'express', severity, since })).toBe(until);
    expect(judge([advisory(severity)], noted(since, severity), until).problems).toEqual([]);
    const after = new Date(Date.parse(until) + 86_400_000).toISOString().slice(0, 10);
    expect(judge([advisory(severity)], noted(since, severity), after).problems).toEqual([expect.stringContaining(`updated by ${until}`)]);
    expect(judge(null, noted(since, severity), after).problems).toHaveLength(1); // also without the registry
  });

  it('has the time of the severity that it has now', () => {
    expect(judge([advisory('critical')], noted('2026-12-01', 'low'), '2026-12-05').problems).toEqual([
      expect.stringContaining('updated by 2026-12-04 (critical'),
    ]);
  });

  it('that is gone may be removed, and is no error', () => {
    expect(judge([], noted('2020-01-01'), '2026-12-01')).toEqual({ problems: [], notes: [expect.stringContaining('remove it')] });
  });

  it('has the time frames that docs/security.md names, and the noted ones can be read', () => {
    const text = readFileSync(path.join(ROOT, 'docs', 'security.md'), 'utf8').replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      `within ${DAYS.critical} days where it is critical, ${DAYS.high} days where it is high, and ${DAYS.low} days otherwise`,
    );
    readNoted(readFileSync(path.join(ROOT, 'docs', 'advisories.json'), 'utf8'));
  });
});

describe('npm run check-dependencies', () => {
  let advisories: object = {};
  const registry = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    req.resume().on('end', () => res.end(JSON.stringify(req.url?.endsWith('/bulk') ? advisories : {})));
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-advisories-'));
  const file = path.join(folder, 'advisories.json');
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    registry.close();
    rmSync(folder, { recursive: true });
  });
  const check = (known: object, ...args: string[]) => {
    writeFileSync(file, JSON.stringify(known));
    return runScript('check-dependencies.ts', ['--advisories', file, ...args], { HOME: folder });
  };
  const today = () => new Date().toISOString().slice(0, 10);

  it('compares what pnpm finds in the lockfile with the time frames', { timeout: 120_000 }, async () => {
    expect(await check({}, '--registry', url)).toMatchObject({ status: 0, stdout: expect.stringContaining('No installed package') });
    const hole = { id: 1, url: `https://github.com/advisories/${ID}`, title: 'a hole', severity: 'high', vulnerable_versions: '<99' };
    advisories = { express: [{ ...hole, cwe: [], cvss: { score: 9, vectorString: null } }] };
    const first = await check({}, '--registry', url);
    expect([first.status, first.stderr]).toEqual([1, expect.stringMatching(/express 5\S+: a hole \(high, GHSA-aaaa-bbbb-cccc\) is new/)]);
    expect(await check(noted(today()), '--registry', url)).toMatchObject({ status: 0, stdout: expect.stringMatching(/is noted, until/) });
    const late = await check(noted('2020-01-01'), '--registry', url);
    expect([late.status, late.stderr]).toEqual([1, expect.stringContaining('should have been updated by 2020-01-15')]);
  });

  it('says that a registry does not answer, and what it could compare without it', { timeout: 120_000 }, async () => {
    const away = await check(noted('2020-01-01'), '--registry', 'http://127.0.0.1:1/');
    expect(away.status).toBe(1);
    expect(away.stderr).toMatch(/registry does not say[\s\S]*should have been updated by 2020-01-15[\s\S]*Only noted/);
    expect(away.stderr).not.toMatch(/^ {4}at /m);
    expect(await check(noted(today()), '--offline')).toMatchObject({ status: 0, stdout: expect.stringContaining('overdue') });
    expect((await check({ nonsense: 1 }, '--offline')).stderr).toMatch(/advisories\.json: nonsense/);
  });
});
