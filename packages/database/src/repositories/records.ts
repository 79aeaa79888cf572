import type { AuditLog, Outbox } from '@assay/core';
import type { Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { portions } from '../engine/value-rows.ts';

export function auditLog({ prisma }: Queryable): AuditLog {
  return {
    async append(...records) {
      for (const data of portions(records)) await prisma.auditEntry.createMany({ data });
    },
  };
}

export function outbox(db: Queryable): Outbox {
  return {
    append: ({ topic, subjectId, payload }, at) =>
      insert(db, 'OutboxEvents', { Topic: topic, SubjectId: subjectId, Payload: JSON.stringify(payload), CreatedAt: at }),
  };
}
