import type { EmailsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const QUEUED = columns(
  { m: 'EmailMessages' },
  {
    id: 'm.Id',
    kind: 'm.Kind',
    recipient: 'm.Recipient',
    subject: 'm.Subject',
    text: 'm.TextBody',
    html: 'm.HtmlBody',
    attempts: 'm.Attempts',
  },
);

export function emailsRepository(db: Queryable): EmailsRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const isClaimed = (id: number, holder: string) => Prisma.sql`Id = ${id} AND Holder = ${holder} AND Status = 'sending'`;
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
      const next = await QUEUED.first(
        db,
        Prisma.sql`FROM EmailMessages m WHERE ${free} ORDER BY m.LeaseUntil, m.Id ${limit(db.engine, 1)}`,
      );
      if (!next) return null;
      const claimed = await changed(Prisma.sql`
        UPDATE EmailMessages SET Status = 'sending', Holder = ${holder}, LeaseUntil = ${leaseUntil}, Attempts = Attempts + 1
        WHERE Id = ${next.id} AND ${free}`);
      return claimed ? { ...next, attempts: next.attempts + 1 } : null;
    },

    // Bodies hold links: they are erased when the e-mail is settled.
    settle: (id, holder, { status, failure }, at) =>
      changed(Prisma.sql`
        UPDATE EmailMessages SET Status = ${status}, Failure = ${failure}, SettledAt = ${at}, TextBody = '', HtmlBody = ''
        WHERE ${isClaimed(id, holder)}`),

    postpone: (id, holder, notBefore, failure) =>
      changed(
        Prisma.sql`UPDATE EmailMessages SET Status = 'queued', LeaseUntil = ${notBefore}, Failure = ${failure} WHERE ${isClaimed(id, holder)}`,
      ),

    forgetSettled: (before) => db.write(Prisma.sql`DELETE FROM EmailMessages WHERE Status IN ('sent', 'dead') AND SettledAt < ${before}`),
  };
}
