import type { AuditLog, Outbox } from '@assay/core';
import type { Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';

export function auditLog({ prisma }: Queryable): AuditLog {
  return {
    async append(record) {
      await prisma.auditEntry.createMany({ data: [record] });
    },
  };
}

export function outbox(db: Queryable): Outbox {
  return {
    append: ({ topic, subjectId, payload }, at) =>
      insert(db, 'OutboxEvents', { Topic: topic, SubjectId: subjectId, Payload: JSON.stringify(payload), CreatedAt: at }),
  };
}
