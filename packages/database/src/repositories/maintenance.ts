import type { Cause, Finding, MaintenanceRepository, MaintenanceRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type RawRun = Omit<MaintenanceRow, 'requestedAt' | 'startedAt' | 'finishedAt'> & {
  requestedAt: RawDate;
  startedAt: RawDate | null;
  finishedAt: RawDate | null;
};

const RUNS = Prisma.sql`
  SELECT m.Id AS id, m.Kind AS kind, m.Status AS status, u.FullName AS requestedBy, m.RequestedAt AS requestedAt, m.StartedAt AS startedAt,
    m.FinishedAt AS finishedAt, m.Total AS total, m.Done AS done, m.Wrong AS wrong, m.Corrected AS corrected, m.Message AS message
  FROM MaintenanceRuns m LEFT JOIN Users u ON u.Id = m.RequestedBy`;

const toRow = (raw: RawRun): MaintenanceRow => ({
  ...raw,
  requestedAt: toDate(raw.requestedAt),
  startedAt: toDate(raw.startedAt),
  finishedAt: toDate(raw.finishedAt),
});

export function maintenanceRepository(db: Queryable, cause?: Cause): MaintenanceRepository {
  const read = async (end: Prisma.Sql) => (await db.read<RawRun>(Prisma.sql`${RUNS} ${end}`)).map(toRow);
  const find = async (id: number) => (await read(Prisma.sql`WHERE m.Id = ${id}`))[0] ?? null;
  /** Only while the run is that holder's. */
  const change = async (id: number, holder: string, set: Prisma.Sql) =>
    (await db.write(Prisma.sql`UPDATE MaintenanceRuns SET ${set} WHERE Id = ${id} AND Holder = ${holder} AND Status = 'running'`)) === 1;
  /** The last verification that came to its end. */
  const last = async () => {
    const [row] = await db.read<{
      id: number;
      at: RawDate;
      sellers: number;
      wrong: number;
      corrected: number;
      findings: string | null;
    }>(Prisma.sql`
      SELECT m.Id AS id, m.FinishedAt AS at, m.Done AS sellers, m.Wrong - m.Corrected AS wrong, m.Corrected AS corrected, m.Findings AS findings FROM MaintenanceRuns m
      WHERE m.Kind = 'verify' AND m.Status = 'done' ORDER BY m.FinishedAt DESC ${limit(db.engine, 1)}`);
    return row && { ...row, at: toDate(row.at), findings: JSON.parse(row.findings ?? '[]') as Finding[] };
  };

  return {
    async request(kind, userId, at) {
      const open = async () => (await read(Prisma.sql`WHERE m.OpenKey = ${kind}`))[0]?.id;
      let isNew = false;
      await insertUnlessThere(async () => {
        if ((await open()) !== undefined) return;
        await insert(db, 'MaintenanceRuns', {
          Kind: kind,
          OpenKey: kind,
          RequestedBy: userId,
          RequestedAt: at,
          RequestId: cause?.requestId ?? null,
          TraceParent: cause?.traceParent ?? null,
        });
        isNew = true;
      });
      return { id: (await open())!, isNew };
    },

    async begin(id, holder, at, staleBefore) {
      const row = await find(id);
      if (!row || row.status === 'done' || row.status === 'paused') return null;
      const { kind } = row;
      const isFree = Prisma.sql`(Status = 'queued' OR (Status = 'running' AND HeartbeatAt < ${staleBefore}) OR (Status = 'failed'
        AND NOT EXISTS (SELECT 1 FROM MaintenanceRuns o WHERE o.OpenKey = ${kind})))`;
      const begun = await db.write(Prisma.sql`
        UPDATE MaintenanceRuns
        SET Status = 'running', OpenKey = ${kind}, Holder = ${holder}, HeartbeatAt = ${at}, StartedAt = COALESCE(StartedAt, ${at}),
          FinishedAt = NULL, Message = NULL
        WHERE Id = ${id} AND ${isFree}`);
      if (begun === 1) return { ...row, status: 'running' };
      return row.status === 'running' ? 'held' : null;
    },

    progress: (id, holder, { total, done, wrong, corrected }, at) =>
      change(id, holder, Prisma.sql`Total = ${total}, Done = ${done}, Wrong = ${wrong}, Corrected = ${corrected}, HeartbeatAt = ${at}`),
    finish: (id, holder, { status, findings, message }, at) =>
      change(
        id,
        holder,
        Prisma.sql`Status = ${status}, OpenKey = ${`over:${id}`}, FinishedAt = ${at}, Findings = ${JSON.stringify(findings)}, Message = ${message}`,
      ),

    release: (id, holder) => change(id, holder, Prisma.sql`Status = 'queued'`),
    fail: async (id, message, at) =>
      (await db.write(Prisma.sql`
        UPDATE MaintenanceRuns SET Status = 'failed', OpenKey = ${`over:${id}`}, FinishedAt = ${at}, Findings = '[]', Message = ${message}
        WHERE Id = ${id} AND Status IN ('queued', 'running')`)) === 1,

    async withoutTask(staleBefore) {
      const found = await db.read<{ id: number }>(Prisma.sql`
        SELECT m.Id AS id FROM MaintenanceRuns m
        WHERE (m.Status = 'queued' OR (m.Status = 'running' AND m.HeartbeatAt < ${staleBefore}))
          AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey LIKE CONCAT('maintenance:', m.Id, ':%') AND k.SettledAt IS NULL)`);
      return found.map(({ id }) => id);
    },

    move: async (id, from, to) =>
      (await db.write(Prisma.sql`UPDATE MaintenanceRuns SET Status = ${to} WHERE Id = ${id} AND Status = ${from}`)) === 1,

    find,
    list: (rows) => read(Prisma.sql`ORDER BY m.Id DESC ${limit(db.engine, rows)}`),

    async lastVerification() {
      const row = await last();
      return row ? { at: row.at, sellers: row.sellers, wrong: row.wrong, findings: row.findings } : null;
    },

    async settle(sellerId) {
      for (;;) {
        const row = await last();
        const left = row?.findings.filter((finding) => finding.sellerId !== sellerId);
        if (!row || !left || left.length === row.findings.length) return;
        // Somebody else may settle another seller at the same time: then it is read again.
        const settled = await db.write(Prisma.sql`
          UPDATE MaintenanceRuns SET Findings = ${JSON.stringify(left)}, Corrected = Corrected + 1 WHERE Id = ${row.id} AND Corrected = ${row.corrected}`);
        if (settled === 1) return;
      }
    },

    async lease(name, holder, everyMs, at) {
      const next = new Date(at.getTime() + everyMs);
      await insertUnlessThere(async () => {
        const known = await db.prisma.jobLease.count({ where: { name } });
        if (known === 0) await insert(db, 'JobLeases', { Name: name, NextRunAt: at });
      });
      return (
        (await db.write(
          Prisma.sql`UPDATE JobLeases SET Holder = ${holder}, NextRunAt = ${next} WHERE Name = ${name} AND NextRunAt <= ${at}`,
        )) === 1
      );
    },
  };
}
