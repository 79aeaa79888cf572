import { deliverEmail, EMAIL_ATTEMPTS_MAX, waitAfter, type Context, type Mailer, type MailResult } from '@assay/core';
import { onEachEngine } from '@assay/testing';
import { expect, it } from 'vitest';
import { useOnboarding } from './lib-onboarding.ts';

onEachEngine('e-mail', (engine) => {
  const on = useOnboarding(engine);
  const { db } = on;

  /** The system with a scripted mail server. */
  const withMail = (send: (letter: Parameters<Mailer['send']>[0]) => Promise<MailResult>, laterMs = 0): Context => {
    const ctx = on.system(laterMs);
    return { ...ctx, services: { ...ctx.services, mailer: { send } } };
  };
  const sent = () => Promise.resolve<MailResult>({ sent: true });
  const away = () => Promise.resolve<MailResult>({ sent: false, permanent: false, reason: 'ESOCKET' });
  const empty = async () => {
    while (await deliverEmail(withMail(sent, 24 * 3_600_000), 'emptying'));
  };

  it('registering queues a link; once it is sent, its words are forgotten', async () => {
    await empty();
    const ada = await on.register();
    const [waiting] = await on.emailsTo(ada.email);
    expect(waiting).toMatchObject({ kind: 'verify-email', status: 'queued', userId: ada.id, attempts: 0 });
    expect(waiting!.textBody).toContain('http://localhost:3000/confirm-email/');
    const letters: string[] = [];
    const delivery = await deliverEmail(
      withMail(({ recipient, text }) => (letters.push(recipient, text), sent())),
      'a',
    );
    expect(delivery).toEqual({ id: waiting!.id, kind: 'verify-email', outcome: 'sent', attempts: 1, reason: null });
    expect(letters).toEqual([ada.email, waiting!.textBody]);
    expect((await on.emailsTo(ada.email))[0]).toMatchObject({ status: 'sent', textBody: '', htmlBody: '' });
    expect(await deliverEmail(withMail(sent), 'a')).toBeNull();
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
    for (let attempt = 1; attempt < EMAIL_ATTEMPTS_MAX; attempt++) {
      expect(await deliverEmail(withMail(away, laterMs), 'a')).toMatchObject({
        outcome: 'postponed',
        attempts: attempt,
        reason: 'ESOCKET',
      });
      expect(await deliverEmail(withMail(sent, laterMs + waitAfter(attempt) - 1000), 'a'), 'too early').toBeNull();
      laterMs += waitAfter(attempt) + 1000;
    }
    expect(await deliverEmail(withMail(away, laterMs), 'a')).toMatchObject({ outcome: 'dead', attempts: EMAIL_ATTEMPTS_MAX });
    expect((await on.emailsTo(ada.email))[0]).toMatchObject({ status: 'dead', failure: 'ESOCKET', textBody: '', htmlBody: '' });
    expect(await deliverEmail(withMail(sent, laterMs * 2), 'a')).toBeNull();
  });

  it('a server that comes back gets it', async () => {
    await empty();
    await on.register();
    expect(await deliverEmail(withMail(away), 'a')).toMatchObject({ outcome: 'postponed' });
    expect(await deliverEmail(withMail(sent, waitAfter(1) + 1000), 'b')).toMatchObject({ outcome: 'sent', attempts: 2 });
  });

  it('an address that is refused for good is not tried again', async () => {
    await empty();
    await on.register();
    const refused = () => Promise.resolve<MailResult>({ sent: false, permanent: true, reason: 'EENVELOPE 550 at RCPT TO' });
    expect(await deliverEmail(withMail(refused), 'a')).toMatchObject({ outcome: 'dead', attempts: 1 });
  });

  it('many processes at once send each e-mail once', async () => {
    await empty();
    const people = await Promise.all(Array.from({ length: 6 }, () => on.register()));
    const letters: string[] = [];
    const worker = async (holder: string) => {
      for (let idle = 0; idle < 5;) {
        const done = await deliverEmail(
          withMail(({ recipient }) => (letters.push(recipient), sent())),
          holder,
        );
        idle = done ? 0 : idle + 1;
      }
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(worker));
    expect(letters.sort()).toEqual(people.map(({ email }) => email).sort());
  });

  it('one whose process died is taken by another, which the dead one cannot settle any more', async () => {
    await empty();
    await on.register();
    let taken: Awaited<ReturnType<typeof deliverEmail>> = null;
    const dying = await deliverEmail(
      withMail(async () => {
        // Meanwhile its lease is over, and another one sends it.
        taken = await deliverEmail(withMail(sent, 10 * 60_000), 'other');
        return away();
      }),
      'dying',
    );
    expect(taken).toMatchObject({ outcome: 'sent', attempts: 2 });
    expect(await db.database.prisma.emailMessage.findUnique({ where: { id: dying!.id } })).toMatchObject({ status: 'sent' });
  });

  it('only the system sends, and what is over is forgotten', async () => {
    const person = on.api.container.context({ kind: 'user', id: 1, roles: ['admin'], sessionId: '' }, 'r');
    await expect(deliverEmail(person, 'a')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await empty();
    expect(await on.api.container.repos.emails.forgetSettled(new Date(Date.now() + 48 * 3_600_000))).toBeGreaterThan(0);
    expect(await db.database.prisma.emailMessage.count()).toBe(0);
  });
});
