import { randomUUID } from 'node:crypto';
import type { Cause, ClaimedTask, DeadTaskRow, TaskClaim, TaskOutcome, TaskRow, TasksRepository } from '@assay/core';
import { isTaskName } from '@assay/contract';
import { limit, Prisma, skipLocked, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';

/** Candidates beyond the free slots: those that another process claims first leave others. */
const SPARE = 4;
const FAILURE_MAX = 500;

type RawTask = Omit<TaskRow, 'key' | 'createdAt'> & { taskKey: string; createdAt: RawDate };

const TASKS = Prisma.sql`
  SELECT t.Id AS id, t.Name AS name, t.TaskKey AS taskKey, t.Input AS input, t.Attempts AS attempts, t.RequestId AS requestId,
    t.TraceParent AS traceParent, t.CreatedAt AS createdAt`;

const toRow = <Row extends RawTask>({ taskKey, createdAt, ...row }: Row) => ({ ...row, key: taskKey, createdAt: toDate(createdAt) });

/** @param cause is noted with the tasks that come of it */
export function tasksRepository(db: Queryable, cause?: Cause): TasksRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const isClaim = ({ id, holder, attempts }: TaskClaim) =>
    Prisma.sql`Id = ${id} AND Holder = ${holder} AND Attempts = ${attempts} AND Status = 'running'`;
  const isDead = (id: number) => Prisma.sql`Id = ${id} AND Status = 'dead'`;
  const due = (at: Date) => Prisma.sql`SettledAt IS NULL AND DueAt <= ${at}`;

  const claimRow = async (row: RawTask, holder: string, at: Date, leaseUntil: Date): Promise<ClaimedTask | null> => {
    const claimed = await changed(Prisma.sql`
      UPDATE Tasks SET Status = 'running', Holder = ${holder}, DueAt = ${leaseUntil}, Attempts = Attempts + 1
      WHERE Id = ${row.id} AND ${due(at)} AND Attempts = ${row.attempts}`);
    return claimed ? { ...toRow(row), holder, attempts: row.attempts + 1 } : null;
  };
  const readDead = async (condition: Prisma.Sql, rows: number) => {
    const found = await db.read<RawTask & { failure: string; settledAt: RawDate }>(Prisma.sql`
      ${TASKS}, t.Failure AS failure, t.SettledAt AS settledAt FROM Tasks t
      WHERE t.Status = 'dead' ${condition} ORDER BY t.Id DESC ${limit(db.engine, rows)}`);
    return found.map((row): DeadTaskRow => ({ ...toRow(row), settledAt: toDate(row.settledAt) }));
  };

  return {
    async add({ name, key, input, notBefore }, at) {
      const taskKey = key ?? `${name}:${randomUUID()}`;
      await insertUnlessThere(async () => {
        if (key !== null && (await db.prisma.task.count({ where: { taskKey } })) > 0) return;
        await insert(db, 'Tasks', {
          Name: name,
          TaskKey: taskKey,
          Input: input,
          Status: 'queued',
          Attempts: 0,
          DueAt: notBefore,
          RequestId: cause?.requestId ?? '',
          TraceParent: cause?.traceParent ?? null,
          CreatedAt: at,
        });
      });
    },

    async claim(holder, slots, at, leaseUntil) {
      if (slots.size === 0) return [];
      const candidates = [...slots].map(
        ([name, free]) => Prisma.sql`SELECT * FROM (
          ${TASKS} FROM Tasks t ${skipLocked(db.engine)} WHERE t.Name = ${name} AND ${due(at)} ORDER BY t.DueAt, t.Id ${limit(db.engine, free + SPARE)}) d`,
      );
      const claimed: ClaimedTask[] = [];
      const free = new Map<string, number>(slots);
      for (const row of await db.read<RawTask>(Prisma.join(candidates, ' UNION ALL '))) {
        if (free.get(row.name) === 0) continue;
        const task = await claimRow(row, holder, at, leaseUntil);
        if (task) free.set(task.name, free.get(task.name)! - 1);
        if (task) claimed.push(task);
      }
      return claimed;
    },

    async claimKey(key, holder, at, leaseUntil) {
      const [row] = await db.read<RawTask>(Prisma.sql`${TASKS} FROM Tasks t WHERE t.TaskKey = ${key} AND ${due(at)}`);
      return row && isTaskName(row.name) ? claimRow(row, holder, at, leaseUntil) : null;
    },

    heartbeat: (claim, leaseUntil) => changed(Prisma.sql`UPDATE Tasks SET DueAt = ${leaseUntil} WHERE ${isClaim(claim)}`),

    settle: (claim, outcome, at) => changed(Prisma.sql`UPDATE Tasks SET ${ending(outcome, at)} WHERE ${isClaim(claim)}`),

    isRunning: async (key) => (await db.prisma.task.count({ where: { taskKey: key, status: 'running' } })) > 0,

    listDead: (rows, before) => readDead(before === undefined ? Prisma.empty : Prisma.sql`AND t.Id < ${before}`, rows),

    findDead: async (id) => (await readDead(Prisma.sql`AND t.Id = ${id}`, 1))[0] ?? null,

    retry: (id, at) =>
      changed(Prisma.sql`
        UPDATE Tasks SET Status = 'queued', DueAt = ${at}, Attempts = 0, Holder = NULL, Failure = NULL, SettledAt = NULL
        WHERE ${isDead(id)}`),

    dismiss: (id) => changed(Prisma.sql`UPDATE Tasks SET Status = 'done' WHERE ${isDead(id)}`),

    async figures(at) {
      const [live] = await db.read<{ waiting: number; oldestDueAt: RawDate | null }>(Prisma.sql`
        SELECT CAST(COUNT(*) AS INT) AS waiting, MIN(CASE WHEN t.DueAt <= ${at} THEN t.DueAt END) AS oldestDueAt FROM Tasks t WHERE t.SettledAt IS NULL`);
      const [dead] = await db.read<{ n: number }>(Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM Tasks t WHERE t.Status = 'dead'`);
      return { waiting: live!.waiting, dead: dead!.n, oldestDueAt: live!.oldestDueAt === null ? null : toDate(live!.oldestDueAt) };
    },

    purge: ({ done, dead }) =>
      db.write(Prisma.sql`
        DELETE FROM Tasks WHERE (Status = 'done' AND SettledAt < ${done}) OR (Status = 'dead' AND SettledAt < ${dead})`),
  };
}

function ending(outcome: TaskOutcome, at: Date): Prisma.Sql {
  switch (outcome.status) {
    case 'done':
      return Prisma.sql`Status = 'done', SettledAt = ${at}, Failure = NULL`;
    case 'dead':
      return Prisma.sql`Status = 'dead', SettledAt = ${at}, Failure = ${outcome.failure.slice(0, FAILURE_MAX)}`;
    case 'queued': {
      const { notBefore, failure, counted } = outcome;
      const attempts = counted ? Prisma.empty : Prisma.sql`, Attempts = Attempts - 1`;
      return Prisma.sql`Status = 'queued', DueAt = ${notBefore}, Failure = ${failure?.slice(0, FAILURE_MAX) ?? null} ${attempts}`;
    }
  }
}
