import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { afterAll, describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, readReport } from '../../scripts/lib/test-reports.ts';

describe('what failed is named at the end of the tests', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-reports-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (report: object) => {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return file;
  };

  it('reads the tests that failed, and the files that never came to their tests, from Vitest', () => {
    const file = written({
      numPassedTests: 2,
      testResults: [
        {
          name: path.join(ROOT, 'a.test.ts'),
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'good' },
            {
              status: 'failed',
              fullName: 'bad',
              failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n  at node_modules/x.js\n  at a.test.ts:3'],
            },
          ],
        },
        { name: path.join(ROOT, 'b.test.ts'), status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    });
    expect(readReport(false, file, countVitest)).toEqual({
      passed: 2,
      failures: ['a.test.ts › bad\n    expected 1 to be 2\n      at a.test.ts:3', 'b.test.ts\n    Cannot find module'],
    });
  });

  it('reads the browser tests that failed, with the project they failed in, from Playwright', () => {
    const test = (projectName: string, status: string, message?: string) => ({ projectName, status, results: [{ error: { message } }] });
    const spec = {
      file: 'a.spec.ts',
      line: 4,
      title: 'pays',
      tests: [test('desktop', 'expected'), test('phone', 'unexpected', 'no button')],
    };
    const file = written({ stats: { expected: 1 }, suites: [{ suites: [{ specs: [spec] }] }] });
    expect(readReport(false, file, countPlaywright)).toEqual({ passed: 1, failures: ['[phone] a.spec.ts:4 › pays\n    no button'] });
  });

  it('counts a runner that failed without a failed test, or without a report', () => {
    const file = written({ numPassedTests: 2, testResults: [] });
    expect(readReport(true, file, countVitest)).toEqual({ passed: 2, failures: [] });
    expect(readReport(false, file, countVitest)).toMatchObject({ passed: 2, failures: [expect.stringContaining('the runner itself')] });
    const nowhere = path.join(folder, 'nowhere.json');
    expect(readReport(false, nowhere, countVitest)).toMatchObject({ passed: 0, failures: [expect.stringContaining('the runner itself')] });
  });
});
