import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '@assay/api/config';

export interface Count {
  passed: number;
  /** Names of the failed tests with the first words of the error, repeated at the end for logs of which only the end is kept. */
  failures: string[];
}

const LINES_OF_REASON = 20;
const failure = (name: string, reason = '') => {
  const lines = stripVTControlCharacters(reason)
    .trim()
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, LINES_OF_REASON);
  return [name, ...lines].join('\n    ').trimEnd();
};

/** The part of Vitest's JSON report that is read here. */
export interface VitestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
}

/** Files that failed before their tests ran count as failures, too. */
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

/** The part of Playwright's JSON report that is read here. */
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

/** Reads the report of a runner; a runner that failed without a failed test counts as one failure. */
export function readReport(good: boolean, file: string, read: (report: never) => Count): Count {
  let count: Count = { passed: 0, failures: [] };
  try {
    count = read(JSON.parse(readFileSync(file, 'utf8')) as never);
  } catch {
    // The runner failed before it wrote a report.
  }
  if (good || count.failures.length > 0) return count;
  return { ...count, failures: [`the runner itself, see above; its report: ${path.relative(ROOT, file)}`] };
}
