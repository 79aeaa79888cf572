import { adoptTasks, evaluateAlerts, type Context, type MailResult } from '@assay/core';
import {
  createSeller,
  createTestDatabase,
  onEachEngine,
  picture,
  runNextTask,
  startApi,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Work that an earlier version of the product queued, in the tables that were its queues. */
onEachEngine('work of an earlier version', (engine) => {
  let db: TestDatabase;
  let api: TestApi;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    api = await startApi(db, {
      ALERT_WEBHOOK_URL: 'http://127.0.0.1:1/',
      ALERT_WEBHOOK_SECRET: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    });
  });
  beforeEach(async () => {
    for (const table of ['task', 'emailMessage', 'imageUse', 'image', 'maintenanceRun', 'alert'] as const)
      await (db.database.prisma[table] as { deleteMany(): Promise<unknown> }).deleteMany();
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const system = () => api.container.context({ kind: 'system', name: 'test' }, 'test');
  const letters: string[] = [];
  const send = (laterMs = 0) =>
    runNextTask(api.container, 'email.send', {
      laterMs,
      context: (ctx: Context): Context => ({
        ...ctx,
        services: {
          ...ctx.services,
          mailer: {
            ...ctx.services.mailer,
            send: ({ recipient }) => (letters.push(recipient), Promise.resolve<MailResult>({ sent: true })),
          },
        },
      }),
    });
  const email = (state: { status: string; leaseUntil: Date; holder?: string }) =>
    db.database.prisma.emailMessage.create({
      data: {
        kind: 'verify-email',
        recipient: 'a@example.test',
        subject: 's',
        textBody: 't',
        htmlBody: 'h',
        createdAt: new Date(),
        ...state,
      },
    });
  const ago = (ms: number) => new Date(Date.now() - ms);

  it('e-mails that wait, or whose process died, get a task once', async () => {
    letters.length = 0;
    await email({ status: 'queued', leaseUntil: ago(1000) });
    await email({ status: 'sending', leaseUntil: ago(1000), holder: 'killed' });
    expect(await adoptTasks(system())).toBe(2);
    expect(await adoptTasks(system())).toBe(0);
    for (let n = 0; n < 2; n++) expect(await send()).toMatchObject({ note: { outcome: 'sent' } });
    expect(letters).toHaveLength(2);
    expect(await adoptTasks(system())).toBe(0);
    expect(await db.database.prisma.emailMessage.count({ where: { status: 'sent', textBody: '' } })).toBe(2);
  });

  it('an e-mail that its process sends now is left to it; when it dies, it is sent here', async () => {
    letters.length = 0;
    const { id } = await email({ status: 'queued', leaseUntil: ago(1000) });
    await adoptTasks(system());
    const leaseUntil = new Date(Date.now() + 3 * MINUTE_MS);
    await db.database.prisma.emailMessage.update({ where: { id }, data: { status: 'sending', holder: 'earlier', leaseUntil } });
    expect(await send()).toMatchObject({ result: 'retried' });
    expect(letters).toEqual([]);
    expect(await send(10 * MINUTE_MS)).toMatchObject({ note: { outcome: 'sent' }, attempt: 1 });
  });

  it('cannot claim what this version queues, as long as this one works on it', async () => {
    const { id: userId } = await createSeller(db.database);
    const written = { kind: 'verify-email' as const, recipient: 'b@example.test', subject: 's', text: 't', html: 'h', requestId: 'r' };
    await system().change((tx) => tx.repos.emails.insert({ ...written, userId }, tx.at));
    const [queued] = await db.database.prisma.emailMessage.findMany();
    expect(queued!.leaseUntil.getTime()).toBeGreaterThan(Date.now() + 10 * MINUTE_MS);
  });

  it('alerts get a task in the week after they were opened, and none when theirs was dismissed and purged', async () => {
    const open = async (openedAt: Date) => {
      const data = { kind: 'error-rate', openKey: `test:${openedAt.getTime()}`, title: 't', evidence: 'e', openedAt, lastSeenAt: openedAt };
      return (await db.database.prisma.alert.create({ data })).id;
    };
    const recent = await open(ago(6 * DAY_MS));
    await open(ago(7 * DAY_MS + MINUTE_MS));
    expect(await adoptTasks(system())).toBe(1);
    const [task] = await db.database.prisma.task.findMany();
    expect(task).toMatchObject({ name: 'alert.deliver', input: JSON.stringify({ alertId: recent }) });

    await db.database.prisma.alert.update({ where: { id: recent }, data: { openedAt: ago(8 * DAY_MS) } });
    await db.database.prisma.task.update({ where: { id: task!.id }, data: { status: 'dead', settledAt: ago(7 * DAY_MS + MINUTE_MS) } });
    const { tasks } = api.container.repos;
    await tasks.dismiss(task!.id);
    expect(await tasks.purge({ done: ago(7 * DAY_MS), dead: ago(90 * DAY_MS) })).toBe(1);
    expect(await adoptTasks(system())).toBe(0);
  });

  it('images, runs and alerts get a task too', async () => {
    const seller = await createSeller(db.database);
    const key = api.container.services.images.newOriginalKey();
    await api.container.images.files.put(key, await picture(60, 60, 'png', 1), 'image/png');
    await db.database.prisma.image.create({
      data: {
        ownerId: seller.id,
        purpose: 'listing',
        status: 'uploaded',
        liveKey: 'k',
        bytes: 1,
        originalKey: key,
        leaseUntil: ago(1000),
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    await db.database.prisma.maintenanceRun.create({ data: { kind: 'verify', openKey: 'verify', requestedAt: new Date() } });
    await api.container.repos.metrics.saveSamples(
      [{ endpoint: 'GET /x', requests: 30, errors: 30, buckets: [30, 0, 0, 0, 0, 0, 0, 0] }],
      new Date(),
    );
    await evaluateAlerts(system());
    await db.database.prisma.task.deleteMany(); // an earlier version added none
    expect(await adoptTasks(system())).toBe(3);
    expect(await adoptTasks(system())).toBe(0);
    expect(await runNextTask(api.container, 'image.render')).toMatchObject({ result: 'done' });
    expect(await runNextTask(api.container, 'maintenance.run')).toMatchObject({ note: { maintenance: 'verify', outcome: 'done' } });
    expect(await runNextTask(api.container, 'alert.deliver')).toMatchObject({ result: 'retried' });
    expect(await db.database.prisma.image.findMany({ select: { status: true } })).toEqual([{ status: 'ready' }]);
    expect(await db.database.prisma.maintenanceRun.findMany({ select: { status: true } })).toEqual([{ status: 'done' }]);
    expect(await adoptTasks(system())).toBe(0);
  });
});
