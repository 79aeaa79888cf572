// What the browser tests talk to: a database of its own with the demo data and a few imported ratings, the API and the pages.
// With --empty there are no accounts and no data yet.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContainer, createLogger, readConfig, ROOT, type Container } from '@assay/api';
import { foldForSearch } from '@assay/contract';
import { createRepositories } from '@assay/database';
import { createEmptyPlace, migrate, spawnApi, spawnWeb, testEnvironment } from '@assay/testing';
import { seedDemo } from '../../prisma/seed/demo.ts';
import { buildWeb } from '../../scripts/lib/build-web.ts';

await buildWeb();
const place = await createEmptyPlace('sqlite');
await migrate(place.url);
if (!process.argv.includes('--empty')) await fill();

const api = await spawnApi(place.url);
const web = await spawnWeb(api.url);
console.log(`serving ${web.url}, mail in ${testEnvironment(place.url).MAIL_DIR}`);

async function fill(): Promise<void> {
  const container = await createContainer(readConfig(testEnvironment(place.url)), createLogger('silent', 'seed'));
  await seedDemo(container.database, container.services.passwords);
  await addDeadTasks(container);
  await addModerator(container);
  await container.close();
  importRatings('rater,seller,score,time\nann,crate digger,5,2024-05-01\nbob,crate digger,4,2024-05-02\ncid,crate digger,5,2024-05-03\n');
}

/** A second admin, with the demo password: answers appeals against the decisions of the first. */
async function addModerator({ database: { prisma } }: Container): Promise<void> {
  const { passwordHash } = await prisma.user.findFirstOrThrow({ where: { email: 'admin@assay.example' } });
  const fullName = 'Mo Moderator';
  const account = { email: 'moderator@assay.example', fullName, searchName: foldForSearch(fullName), passwordHash };
  const { id } = await prisma.user.create({ data: account, select: { id: true } });
  await prisma.userRole.createMany({ data: [{ userId: id, role: 'admin' }] });
}

/** Tasks that failed on every attempt, for each project of the browser tests. */
async function addDeadTasks({ database }: Container): Promise<void> {
  const at = new Date();
  for (const [name, input, failure] of [
    ['payment.capture', '{"orderId":999999,"attempt":1}', 'The provider did not answer.'],
    ['email.send', '{"emailId":999999}', 'ESOCKET'],
  ] as const)
    for (const project of ['desktop', 'phone']) {
      const { tasks } = createRepositories(database, { cause: { requestId: `request-${project}`, traceParent: null } });
      const key = `e2e:${name}:${project}`;
      await tasks.add({ name, key, input, notBefore: at }, at);
      const task = await tasks.claimKey(key, 'e2e', at, at);
      await tasks.settle(task!, { status: 'dead', failure }, at);
    }
}

function importRatings(csv: string): void {
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-e2e-'));
  const file = path.join(dir, 'ratings.csv');
  writeFileSync(file, csv);
  const { status } = spawnSync(process.execPath, [path.join(ROOT, 'scripts/import-ratings.ts'), file, '--source', 'old-market'], {
    env: { ...process.env, ...testEnvironment(place.url) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(dir, { recursive: true, force: true });
  if (status !== 0) throw new Error('The import failed.');
}

const stop = async () => {
  await Promise.all([web.stop(), api.stop()]);
  await place.drop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
process.on('exit', () => rmSync(place.url.slice('file:'.length), { force: true }));
