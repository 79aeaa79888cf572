import { sendEmail, type Context, type Mailer, type MailResult, type TaskAttempt } from '@assay/core';
import { onEachEngine, runNextTask, runTasks } from '@assay/testing';
import { expect, it } from 'vitest';
import { useOnboarding } from './lib-onboarding.ts';

onEachEngine('e-mail', (engine) => {
  const on = useOnboarding(engine);
  const { db } = on;

  /** A worker of another process, with a scripted mail server. */
  const withMail = (send: (letter: Parameters<Mailer['send']>[0]) => Promise<MailResult>, laterMs = 0, holder = 'a') => ({
    laterMs,
    holder,
    context: (ctx: Context): Context => ({ ...ctx, services: { ...ctx.services, mailer: { ...ctx.services.mailer, send } } }),
  });
  const deliver = (...mail: Parameters<typeof withMail>) => runNextTask(on.api.container, 'email.send', withMail(...mail));
  const sent = () => Promise.resolve<MailResult>({ sent: true });
  const away = () => Promise.resolve<MailResult>({ sent: false, permanent: false, reason: 'ESOCKET' });
  const empty = () => runTasks(on.api.container, 'email.send', withMail(sent, 24 * 3_600_000));

  it('registering queues a link; once it is sent, its words are forgotten', async () => {
    await empty();
    const ada = await on.register();
    const [waiting] = await on.emailsTo(ada.email);
    expect(waiting).toMatchObject({ kind: 'verify-email', status: 'queued', userId: ada.id, attempts: 0 });
    expect(waiting!.textBody).toContain('http://localhost:3000/confirm-email/');
    const letters: string[] = [];
    const delivery = await deliver(({ recipient, text }) => (letters.push(recipient, text), sent()));
    expect(delivery).toMatchObject({ result: 'done', attempt: 1, note: { kind: 'verify-email', outcome: 'sent', reason: null } });
    expect(letters).toEqual([ada.email, waiting!.textBody]);
    expect((await on.emailsTo(ada.email))[0]).toMatchObject({ status: 'sent', textBody: '', htmlBody: '' });
    expect(await deliver(sent)).toBeNull();
  });

  it('nothing is queued where what causes it is not committed', async () => {
    const ada = await on.register();
    await on.rest.post('/auth/register', { email: ada.email, password: 'another long phrase', fullName: 'Eve' });
    expect(await on.emailsTo(ada.email)).toHaveLength(1);
  });

  it('while the server is away it waits, longer each time, and is given up at last', async () => {
    await empty();
    const ada = await on.register();
    let laterMs = 0;
    for (let attempt = 1; attempt < sendEmail.attemptsMax; attempt++) {
      expect(await deliver(away, laterMs)).toMatchObject({ result: 'retried', attempt, failure: 'ESOCKET' });
      const waitMs = sendEmail.retryAfterMs(attempt);
      expect(await deliver(sent, laterMs + waitMs - 1000), 'too early').toBeNull();
      laterMs += waitMs + 1000;
    }
    expect(await deliver(away, laterMs)).toMatchObject({ result: 'dead', attempt: sendEmail.attemptsMax });
    expect((await on.emailsTo(ada.email))[0]).toMatchObject({ status: 'dead', failure: 'ESOCKET', textBody: '', htmlBody: '' });
    expect(await deliver(sent, laterMs * 2)).toBeNull();
  });

  it('a server that comes back gets it', async () => {
    await empty();
    await on.register();
    expect(await deliver(away)).toMatchObject({ result: 'retried' });
    expect(await deliver(sent, sendEmail.retryAfterMs(1) + 1000, 'b')).toMatchObject({ note: { outcome: 'sent' }, attempt: 2 });
  });

  it('an address that is refused for good is not tried again', async () => {
    await empty();
    await on.register();
    const refused = () => Promise.resolve<MailResult>({ sent: false, permanent: true, reason: 'EENVELOPE 550 at RCPT TO' });
    expect(await deliver(refused)).toMatchObject({ note: { outcome: 'dead', reason: 'EENVELOPE 550 at RCPT TO' }, attempt: 1 });
    expect(await deliver(sent, 24 * 3_600_000)).toBeNull();
  });

  it('many processes at once send each e-mail once', async () => {
    await empty();
    const people = await Promise.all(Array.from({ length: 6 }, () => on.register()));
    const letters: string[] = [];
    const worker = async (holder: string) => {
      for (let idle = 0; idle < 5;) {
        const done = await deliver(({ recipient }) => (letters.push(recipient), sent()), 0, holder);
        idle = done ? 0 : idle + 1;
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(worker));
    expect(letters.sort()).toEqual(people.map(({ email }) => email).sort());
  });

  it('one whose process died is taken by another, which the dead one cannot settle any more', async () => {
    await empty();
    const ada = await on.register();
    let taken: Awaited<ReturnType<typeof deliver>> = null;
    const dying = await deliver(
      async () => {
        // Meanwhile its lease is over, and another one sends it.
        taken = await deliver(sent, 10 * 60_000, 'other');
        return away();
      },
      0,
      'dying',
    );
    expect(taken).toMatchObject({ note: { outcome: 'sent' }, attempt: 2 });
    expect(dying).toMatchObject({ result: 'lost' });
    expect((await on.emailsTo(ada.email))[0]).toMatchObject({ status: 'sent' });
  });

  it('only the system sends, and what is over is forgotten', async () => {
    const person = on.api.container.context({ kind: 'user', id: 1, roles: ['admin'], sessionId: '' }, 'r');
    await expect(sendEmail.run(person, { emailId: 1 }, {} as TaskAttempt)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await empty();
    expect(await on.api.container.repos.emails.purgeSettled(new Date(Date.now() + 48 * 3_600_000))).toBeGreaterThan(0);
    expect(await db.database.prisma.emailMessage.count()).toBe(0);
  });
});
