import { DiscrepancyView } from '@assay/contract';
import type { Cause, MaintenanceRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, updateOrInsert } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns, computed, json, outer, present } from '../engine/rows.ts';

/** Leases that no job has: each process of the API keeps one, by which others know of it. */
const PROCESS = 'api ';
const HOME_MAX = 40;
const DAY_MS = 86_400_000;
/** Clocks of processes may differ by 45 s. */
const CLOCKS_DIFFER_MS = 60_000;
const LEASE = columns({ j: 'JobLeases' }, { name: 'j.Name', what: 'j.Holder' });

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
const ID = columns({ m: 'MaintenanceRuns' }, { id: 'm.Id' });
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
      const row = await RUN.first(db, Prisma.sql`${RUNS} WHERE m.Id = ${id}`);
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
      const found = await ID.read(
        db,
        Prisma.sql`FROM MaintenanceRuns m
        WHERE (m.Status = 'queued' OR (m.Status = 'running' AND m.HeartbeatAt < ${staleBefore}))
          AND NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey LIKE CONCAT('maintenance:', m.Id, ':%') AND k.SettledAt IS NULL)`,
      );
      return found.map(({ id }) => id);
    },

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

    noteProcess({ holder, release, home }, at) {
      const name = PROCESS + holder;
      const what = `${release} ${home.slice(-HOME_MAX)}`;
      return updateOrInsert(
        () => db.write(Prisma.sql`UPDATE JobLeases SET Holder = ${what}, NextRunAt = ${at} WHERE Name = ${name}`),
        () => insert(db, 'JobLeases', { Name: name, Holder: what, NextRunAt: at }),
      );
    },
    forgetProcess: async (holder) => void (await db.write(Prisma.sql`DELETE FROM JobLeases WHERE Name = ${PROCESS + holder}`)),
    async processes(since) {
      await db.write(
        Prisma.sql`DELETE FROM JobLeases WHERE Name LIKE ${`${PROCESS}%`} AND NextRunAt < ${new Date(since.getTime() - DAY_MS)}`,
      );
      const rows = await LEASE.read(db, Prisma.sql`FROM JobLeases j WHERE j.Name LIKE ${`${PROCESS}%`} AND j.NextRunAt >= ${since}`);
      return rows.map(({ name, what }) => {
        const [, release = '', home = ''] = /^(\S+) (.*)$/.exec(what ?? '') ?? [];
        return { holder: name.slice(PROCESS.length), release, home };
      });
    },

    async lease(name, holder, everyMs, at) {
      const next = new Date(at.getTime() + everyMs);
      // A clock was ahead, or the interval was longer: such a lease counts for nothing.
      const tooFar = new Date(next.getTime() + CLOCKS_DIFFER_MS);
      await insertUnlessThere(async () => {
        const known = await db.prisma.jobLease.count({ where: { name } });
        if (known === 0) await insert(db, 'JobLeases', { Name: name, NextRunAt: at });
      });
      return (
        (await db.write(
          Prisma.sql`UPDATE JobLeases SET Holder = ${holder}, NextRunAt = ${next} WHERE Name = ${name} AND (NextRunAt <= ${at} OR NextRunAt > ${tooFar})`,
        )) === 1
      );
    },
  };
}
