import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '@assay/api';

export interface Count {
  passed: number;
  /** What failed, by name and with the first words of why: said once more at the end, for where only the end of a log is kept. */
  failures: string[];
}

const LINES_OF_REASON = 8;
const failure = (name: string, reason = '') => {
  const lines = stripVTControlCharacters(reason)
    .trim()
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, LINES_OF_REASON);
  return [name, ...lines].join('\n    ').trimEnd();
};

/** What is read here of Vitest's report in JSON. */
export interface VitestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

/** Files that did not get as far as their tests are failures, too. */
export const countVitest = ({ numPassedTests, testResults }: VitestReport): Count => ({
  passed: numPassedTests,
  failures: testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [failure(file, message)];
    return failed.map(({ fullName, failureMessages }) => failure(`${file} › ${fullName}`, failureMessages?.[0]));
  }),
});

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: {
    file: string;
    line: number;
    title: string;
    tests: { projectName: string; status: string; results: { error?: { message?: string } }[] }[];
  }[];
}

/** What is read here of Playwright's report in JSON. */
export interface PlaywrightReport extends PlaywrightSuite {
  stats: { expected: number };
}

const failuresOf = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
  ...specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => failure(`[${projectName}] ${file}:${line} › ${title}`, results[0]?.error?.message)),
  ),
  ...suites.flatMap(failuresOf),
];

export const countPlaywright = ({ stats, ...suite }: PlaywrightReport): Count => ({
  passed: stats.expected,
  failures: failuresOf(suite),
});

/** What a runner wrote of its tests; a runner that failed without a failed test is one failure of its own. */
export function readReport(good: boolean, file: string, read: (report: never) => Count): Count {
  let count: Count = { passed: 0, failures: [] };
  try {
    count = read(JSON.parse(readFileSync(file, 'utf8')) as never);
  } catch {
    // The runner did not get as far as a report.
  }
  if (good || count.failures.length > 0) return count;
  return { ...count, failures: [`the runner itself, see above; its report: ${path.relative(ROOT, file)}`] };
}
