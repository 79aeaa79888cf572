import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@assay/api/config';
import { DAYS, judge, readNoted, readReport, type Advisory } from './lib/advisories.ts';
import { Refusal, runCommand } from './lib/command.ts';

const HELP = `npm run check-dependencies [-- --registry URL] [--offline] [--advisories FILE]

Asks the registry which installed packages have known vulnerabilities (pnpm audit), and compares them with the time frames of
docs/security.md: ${Object.entries(DAYS)
  .map(([severity, days]) => `${severity} ${days}`)
  .join(', ')} days. A new one is an error until it is noted, with the day, in docs/advisories.json (or FILE); a noted one
is an error once its time is up. --offline compares the noted ones alone; --registry asks another registry, where that of this machine is
a mirror without advisories. Exits with 1 where anything is wrong, also where the registry does not answer.`;

const AUDIT_MS = 120_000;

/** Null where the registry does not say. */
function auditOf(registry: string | undefined): Advisory[] | null {
  // One repeat after a second: pnpm's own waits would keep a person for over a minute.
  const args = [
    'audit',
    '--json',
    '--config.fetch-retries=1',
    '--config.fetch-retry-mintimeout=1000',
    ...(registry ? ['--registry', registry] : []),
  ];
  const { stdout, stderr, error } = spawnSync('pnpm', args, { cwd: ROOT, encoding: 'utf8', timeout: AUDIT_MS, maxBuffer: 1 << 26 });
  if (error && 'code' in error && error.code === 'ENOENT') throw new Refusal('pnpm is not there. Run: npm run check-dependencies');
  if (stdout.trimStart().startsWith('{')) return readReport(stdout);
  console.error(`The registry does not say which packages have vulnerabilities:\n${(stderr || error?.message || stdout).trim()}\n`);
  return null;
}

await runCommand(() => {
  const { values } = parseArgs({
    options: {
      registry: { type: 'string' },
      advisories: { type: 'string', default: path.join(ROOT, 'docs', 'advisories.json') },
      offline: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return Promise.resolve();
  }
  const noted = existsSync(values.advisories) ? readNoted(readFileSync(values.advisories, 'utf8')) : {};
  const found = values.offline ? null : auditOf(values.registry);
  const { problems, notes } = judge(found, noted, new Date().toISOString().slice(0, 10));
  for (const note of notes) console.log(note);
  for (const problem of problems) console.error(problem);
  const unknown = found === null && !values.offline;
  if (unknown) console.error('Only noted vulnerabilities were compared. Try again with a network, with --registry, or with --offline.');
  if (problems.length > 0 || unknown) return Promise.resolve(1);
  console.log(found === null ? 'No noted vulnerability is overdue.' : 'No installed package has a vulnerability that is new or overdue.');
  return Promise.resolve();
});
