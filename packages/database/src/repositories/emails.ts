import type { EmailKind, EmailsRepository, QueuedEmail } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';

export function emailsRepository(db: Queryable): EmailsRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const isHeld = (id: number, holder: string) => Prisma.sql`Id = ${id} AND Holder = ${holder} AND Status = 'sending'`;
  return {
    enqueue: ({ kind, userId, recipient, subject, text, html, requestId }, at) =>
      insert(db, 'EmailMessages', {
        Kind: kind,
        UserId: userId,
        Recipient: recipient,
        Subject: subject.slice(0, 200),
        TextBody: text,
        HtmlBody: html,
        Status: 'queued',
        LeaseUntil: at,
        CreatedAt: at,
        RequestId: requestId,
      }),

    async claim(holder, at, leaseUntil) {
      const free = Prisma.sql`Status IN ('queued', 'sending') AND LeaseUntil <= ${at}`;
      const [next] = await db.read<Omit<QueuedEmail, 'kind'> & { kind: string }>(Prisma.sql`
        SELECT m.Id AS id, m.Kind AS kind, m.Recipient AS recipient, m.Subject AS subject, m.TextBody AS text, m.HtmlBody AS html,
          m.Attempts AS attempts
        FROM EmailMessages m WHERE ${free} ORDER BY m.LeaseUntil, m.Id ${limit(db.engine, 1)}`);
      if (!next) return null;
      const mine = await changed(Prisma.sql`
        UPDATE EmailMessages SET Status = 'sending', Holder = ${holder}, LeaseUntil = ${leaseUntil}, Attempts = Attempts + 1
        WHERE Id = ${next.id} AND ${free}`);
      return mine ? { ...next, kind: next.kind as EmailKind, attempts: next.attempts + 1 } : null;
    },

    // Links are in the words: they are kept for as long as they are needed.
    settle: (id, holder, { status, failure }, at) =>
      changed(Prisma.sql`
        UPDATE EmailMessages SET Status = ${status}, Failure = ${failure}, SettledAt = ${at}, TextBody = '', HtmlBody = ''
        WHERE ${isHeld(id, holder)}`),

    postpone: (id, holder, notBefore, failure) =>
      changed(
        Prisma.sql`UPDATE EmailMessages SET Status = 'queued', LeaseUntil = ${notBefore}, Failure = ${failure} WHERE ${isHeld(id, holder)}`,
      ),

    forgetSettled: (before) => db.write(Prisma.sql`DELETE FROM EmailMessages WHERE Status IN ('sent', 'dead') AND SettledAt < ${before}`),
  };
}
