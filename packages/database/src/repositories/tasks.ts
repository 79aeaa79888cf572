import { randomUUID } from 'node:crypto';
import { isTaskName, PAYMENT_TASKS } from '@assay/contract';
import type { Cause, ClaimedTask, TaskClaim, TaskOutcome, TaskRow, TasksRepository } from '@assay/core';
import { limit, Prisma, skipLocked, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns, COUNT, countRows, dateOrNull, present } from '../engine/rows.ts';

/** Candidates beyond the free slots: those that another process claims first leave others. */
const SPARE = 4;
const FAILURE_MAX = 500;

const TASK = {
  id: 't.Id',
  name: 't.Name',
  key: 't.TaskKey',
  input: 't.Input',
  attempts: 't.Attempts',
  requestId: 't.RequestId',
  traceParent: 't.TraceParent',
  createdAt: 't.CreatedAt',
} as const;
const DUE = columns({ t: 'Tasks' }, TASK);
const DEAD = columns({ t: 'Tasks' }, { ...TASK, failure: present('t.Failure'), settledAt: present('t.SettledAt') });

/** @param cause is noted with the tasks that come of it */
export function tasksRepository(db: Queryable, cause?: Cause): TasksRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const isClaimed = ({ id, holder, attempts }: TaskClaim) =>
    Prisma.sql`Id = ${id} AND Holder = ${holder} AND Attempts = ${attempts} AND Status = 'running'`;
  const isDead = (id: number) => Prisma.sql`Id = ${id} AND Status = 'dead'`;
  const due = (at: Date) => Prisma.sql`SettledAt IS NULL AND DueAt <= ${at}`;

  const claimRow = async (row: TaskRow, holder: string, at: Date, leaseUntil: Date): Promise<ClaimedTask | null> => {
    const claimed = await changed(Prisma.sql`
      UPDATE Tasks SET Status = 'running', Holder = ${holder}, DueAt = ${leaseUntil}, Attempts = Attempts + 1
      WHERE Id = ${row.id} AND ${due(at)} AND Attempts = ${row.attempts}`);
    return claimed ? { ...row, holder, attempts: row.attempts + 1 } : null;
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
        ([name, free]) => Prisma.sql`SELECT * FROM (SELECT ${DUE.list} FROM Tasks t ${skipLocked(db.engine)}
          WHERE t.Name = ${name} AND ${due(at)} ORDER BY t.DueAt, t.Id ${limit(db.engine, free + SPARE)}) d`,
      );
      const claimed: ClaimedTask[] = [];
      const free = new Map<string, number>(slots);
      for (const row of DUE.decode(await db.read<object>(Prisma.join(candidates, ' UNION ALL ')))) {
        if (free.get(row.name) === 0) continue;
        const task = await claimRow(row, holder, at, leaseUntil);
        if (!task) continue;
        free.set(task.name, free.get(task.name)! - 1);
        claimed.push(task);
      }
      return claimed;
    },

    async claimKey(key, holder, at, leaseUntil) {
      const row = await DUE.first(db, Prisma.sql`FROM Tasks t WHERE t.TaskKey = ${key} AND ${due(at)}`);
      return row && isTaskName(row.name) ? claimRow(row, holder, at, leaseUntil) : null;
    },

    heartbeat: (claim, leaseUntil) => changed(Prisma.sql`UPDATE Tasks SET DueAt = ${leaseUntil} WHERE ${isClaimed(claim)}`),

    settle: (claim, outcome, at) => changed(Prisma.sql`UPDATE Tasks SET ${ending(outcome, at)} WHERE ${isClaimed(claim)}`),

    isRunning: async (key) => (await db.prisma.task.count({ where: { taskKey: key, status: 'running' } })) > 0,

    listDead(rows, before) {
      const older = before === undefined ? Prisma.empty : Prisma.sql`AND t.Id < ${before}`;
      return DEAD.read(db, Prisma.sql`FROM Tasks t WHERE t.Status = 'dead' ${older} ORDER BY t.Id DESC ${limit(db.engine, rows)}`);
    },

    findDead: (id) => DEAD.first(db, Prisma.sql`FROM Tasks t WHERE t.Status = 'dead' AND t.Id = ${id}`),

    retry: (id, at) =>
      changed(Prisma.sql`
        UPDATE Tasks SET Status = 'queued', DueAt = ${at}, Attempts = 0, Holder = NULL, Failure = NULL, SettledAt = NULL
        WHERE ${isDead(id)}`),

    dismiss: (id) => changed(Prisma.sql`UPDATE Tasks SET Status = 'done' WHERE ${isDead(id)}`),

    async figures(at) {
      const figures = columns(
        { t: 'Tasks' },
        { waiting: COUNT, oldestDueAt: dateOrNull(Prisma.sql`MIN(CASE WHEN t.DueAt <= ${at} THEN t.DueAt END)`) },
      );
      const live = await figures.first(db, Prisma.sql`FROM Tasks t WHERE t.SettledAt IS NULL`);
      return { ...live!, dead: await countRows(db, Prisma.sql`FROM Tasks t WHERE t.Status = 'dead'`) };
    },

    purge: ({ done, dead }) =>
      db.write(Prisma.sql`
        DELETE FROM Tasks WHERE (Status = 'done' AND SettledAt < ${done}) OR (Status = 'dead' AND SettledAt < ${dead} AND Name NOT IN (${Prisma.join([...PAYMENT_TASKS])}))`),
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
