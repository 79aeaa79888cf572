import type { AuditLog, Outbox } from '@assay/core';
import type { Queryable } from '../engine/database.ts';

export function auditLog({ prisma }: Queryable): AuditLog {
  return {
    async append(record) {
      await prisma.auditEntry.createMany({ data: [record] });
    },
  };
}

export function outbox({ prisma }: Queryable): Outbox {
  return {
    async append({ topic, subjectId, payload }, at) {
      await prisma.outboxEvent.createMany({ data: [{ topic, subjectId, payload: JSON.stringify(payload), createdAt: at }] });
    },
  };
}
