import type { EmailsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';
import { RESERVED_MS, TASK_HOLDER, withoutTask } from './earlier-queues.ts';

const EMAIL = columns(
  { m: 'EmailMessages' },
  { id: 'm.Id', kind: 'm.Kind', recipient: 'm.Recipient', subject: 'm.Subject', text: 'm.TextBody', html: 'm.HtmlBody' },
);
const ID = columns({ m: 'EmailMessages' }, { id: 'm.Id' });
const UNSETTLED = Prisma.sql`Status IN ('queued', 'sending')`;

export function emailsRepository(db: Queryable): EmailsRepository {
  const unsettled = (id: number) => EMAIL.first(db, Prisma.sql`FROM EmailMessages m WHERE m.Id = ${id} AND ${UNSETTLED}`);
  return {
    insert: ({ kind, userId, recipient, subject, text, html, requestId }, at) =>
      insertReturningId(db, 'EmailMessages', {
        Kind: kind,
        UserId: userId,
        Recipient: recipient,
        Subject: subject.slice(0, 200),
        TextBody: text,
        HtmlBody: html,
        Status: 'queued',
        LeaseUntil: new Date(at.getTime() + RESERVED_MS),
        CreatedAt: at,
        RequestId: requestId,
      }),

    async begin(id, at) {
      const begun = await db.write(Prisma.sql`
        UPDATE EmailMessages
        SET Status = 'sending', Holder = ${TASK_HOLDER}, LeaseUntil = ${new Date(at.getTime() + RESERVED_MS)}, Attempts = Attempts + 1
        WHERE Id = ${id} AND ${UNSETTLED} AND (Status = 'queued' OR Holder = ${TASK_HOLDER} OR LeaseUntil <= ${at})`);
      const email = await unsettled(id);
      return email && begun === 0 ? 'held' : email;
    },

    postpone: async (id, failure) =>
      (await db.write(
        Prisma.sql`UPDATE EmailMessages SET Status = 'queued', Failure = ${failure} WHERE Id = ${id} AND Status = 'sending'`,
      )) === 1,

    // Bodies hold links: they are erased when the e-mail is settled.
    async settle(id, { status, failure }, at) {
      const email = await unsettled(id);
      if (email?.kind === 'account-deleted')
        return (await db.write(Prisma.sql`DELETE FROM EmailMessages WHERE Id = ${id} AND ${UNSETTLED}`)) === 1 ? email.kind : null;
      const settled = await db.write(Prisma.sql`
        UPDATE EmailMessages SET Status = ${status}, Failure = ${failure}, SettledAt = ${at}, TextBody = '', HtmlBody = ''
        WHERE Id = ${id} AND ${UNSETTLED}`);
      return email && settled === 1 ? email.kind : null;
    },

    purgeSettled: (before) => db.write(Prisma.sql`DELETE FROM EmailMessages WHERE Status IN ('sent', 'dead') AND SettledAt < ${before}`),

    async withoutTask(at, rows) {
      const found = await ID.read(
        db,
        Prisma.sql`FROM EmailMessages m WHERE ${UNSETTLED} AND m.LeaseUntil <= ${at} AND ${withoutTask('email', 'm.Id')}
          ORDER BY m.Id ${limit(db.engine, rows)}`,
      );
      return found.map(({ id }) => id);
    },
  };
}
