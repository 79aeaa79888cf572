import { DiscrepancyView } from '@assay/contract';
import type { Cause, MaintenanceRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns, computed, json, outer, present } from '../engine/rows.ts';

const RUN = columns(
  { m: 'MaintenanceRuns', u: outer('Users') },
  {
    id: 'm.Id',
    kind: 'm.Kind',
    status: 'm.Status',
    requestedBy: 'u.FullName',
    requestedAt: 'm.RequestedAt',
    startedAt: 'm.StartedAt',
    finishedAt: 'm.FinishedAt',
    total: 'm.Total',
    done: 'm.Done',
    wrong: 'm.Wrong',
    corrected: 'm.Corrected',
    message: 'm.Message',
  },
);
const RUNS = Prisma.sql`FROM MaintenanceRuns m LEFT JOIN Users u ON u.Id = m.RequestedBy`;
const CAUSE = columns({ m: 'MaintenanceRuns' }, { requestId: 'm.RequestId', traceParent: 'm.TraceParent' });
const VERIFICATION = columns(
  { m: 'MaintenanceRuns' },
  {
    id: 'm.Id',
    at: present('m.FinishedAt'),
    sellers: 'm.Done',
    wrong: computed<number>(Prisma.sql`m.Wrong - m.Corrected`),
    corrected: 'm.Corrected',
    findings: json('m.Findings', DiscrepancyView.omit({ sellerName: true }).array()),
  },
  (row) => ({ ...row, findings: row.findings ?? [] }),
);

export function maintenanceRepository(db: Queryable, cause?: Cause): MaintenanceRepository {
  const read = (rest: Prisma.Sql) => RUN.read(db, Prisma.sql`${RUNS} ${rest}`);
  /** Changes a run that this holder has claimed. */
  const change = async (id: number, holder: string, set: Prisma.Sql) =>
    (await db.write(Prisma.sql`UPDATE MaintenanceRuns SET ${set} WHERE Id = ${id} AND Holder = ${holder} AND Status = 'running'`)) === 1;
  /** The last verification that ended. */
  const last = () =>
    VERIFICATION.first(
      db,
      Prisma.sql`FROM MaintenanceRuns m WHERE m.Kind = 'verify' AND m.Status = 'done' ORDER BY m.FinishedAt DESC ${limit(db.engine, 1)}`,
    );

  return {
    async request(kind, userId, at) {
      const open = async () => (await read(Prisma.sql`WHERE m.OpenKey = ${kind}`))[0]?.id;
      await insertUnlessThere(async () => {
        if ((await open()) === undefined)
          await insert(db, 'MaintenanceRuns', {
            Kind: kind,
            OpenKey: kind,
            RequestedBy: userId,
            RequestedAt: at,
            RequestId: cause?.requestId ?? null,
            TraceParent: cause?.traceParent ?? null,
          });
      });
      return (await open())!;
    },

    async claim(holder, at, staleBefore) {
      const [next] = await read(Prisma.sql`
        WHERE m.Status = 'queued' OR (m.Status = 'running' AND m.HeartbeatAt < ${staleBefore}) ORDER BY m.Id ${limit(db.engine, 1)}`);
      if (!next) return null;
      const claimed = await db.write(Prisma.sql`
        UPDATE MaintenanceRuns SET Status = 'running', Holder = ${holder}, HeartbeatAt = ${at}, StartedAt = COALESCE(StartedAt, ${at})
        WHERE Id = ${next.id} AND (Status = 'queued' OR (Status = 'running' AND HeartbeatAt < ${staleBefore}))`);
      if (claimed !== 1) return null;
      const requested = await CAUSE.first(db, Prisma.sql`FROM MaintenanceRuns m WHERE m.Id = ${next.id}`);
      return { ...next, ...requested!, status: 'running' };
    },

    beat: (id, holder, at) => change(id, holder, Prisma.sql`HeartbeatAt = ${at}`),
    progress: (id, holder, { total, done, wrong, corrected }, at) =>
      change(id, holder, Prisma.sql`Total = ${total}, Done = ${done}, Wrong = ${wrong}, Corrected = ${corrected}, HeartbeatAt = ${at}`),
    finish: (id, holder, { status, findings, message }, at) =>
      change(
        id,
        holder,
        Prisma.sql`Status = ${status}, OpenKey = ${`over:${id}`}, FinishedAt = ${at}, Findings = ${JSON.stringify(findings)}, Message = ${message}`,
      ),

    move: async (id, from, to) =>
      (await db.write(Prisma.sql`UPDATE MaintenanceRuns SET Status = ${to} WHERE Id = ${id} AND Status = ${from}`)) === 1,

    find: (id) => RUN.first(db, Prisma.sql`${RUNS} WHERE m.Id = ${id}`),
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
        // Read again when another request has settled a seller meanwhile.
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
