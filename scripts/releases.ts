import { parseArgs } from 'node:util';
import { runCommand } from './lib/command.ts';
import { APP_NAMES, CHECKOUT, currentOf, listReleases, previousOf } from './lib/releases.ts';
import { readLog, type LogEntry } from './lib/rollback-log.ts';

const HELP = `npm run releases [-- --json]

Lists all releases, newest first; which of them the API and the pages run ("now") and would roll back to ("before"); and the last
releases and rollbacks. --json has all of them.`;

const LINES = 10;
const shortTime = (iso: string) => iso.slice(0, 16).replace('T', ' ');

await runCommand(async () => {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const apps = Object.fromEntries(APP_NAMES.map((app) => [app, { current: currentOf(app), previous: previousOf(app) }] as const));
  const [releases, log] = [listReleases(), readLog()];
  if (values.json) return console.log(JSON.stringify({ apps, releases, log }, null, 2));

  const marks = (id: string) =>
    Object.entries(apps).flatMap(([app, { current, previous }]) =>
      id === current ? [`${app} now`] : id === previous ? [`${app} before`] : [],
    );
  for (const { id, madeAt, subject } of releases)
    console.log(`${id}  ${shortTime(madeAt)}  ${marks(id).join(', ').padEnd(20)}  ${subject}`.trimEnd());
  for (const [app, { current, previous }] of Object.entries(apps)) {
    if (current === null) console.log(`The ${app} runs this checkout.`);
    else if (previous === CHECKOUT) console.log(`Before, the ${app} ran this checkout.`);
  }
  if (log.length > 0) console.log(`\n${log.slice(-LINES).map(described).join('\n')}`);
});

function described({ phase, operation, from, to, status, by, completedAt, reason, backup }: LogEntry): string {
  const nothing = phase === 'database' ? 'nothing' : 'checkout';
  const ended = { completed: '', failed: ', failed', started: ', not finished' }[status];
  const more = [reason, backup && `backup ${backup}`].filter(Boolean).join('; ');
  return `${shortTime(completedAt)}  ${operation} of the ${phase}: ${from ?? nothing} → ${to ?? nothing}${ended} (${by})${more && `: ${more}`}`;
}
