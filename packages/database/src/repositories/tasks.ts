import { randomUUID } from 'node:crypto';
import type { Cause, TaskOutcome, TaskRow, TasksRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns, COUNT, countRows, dateOrNull, present } from '../engine/rows.ts';

/** Tasks that a claim looks at: when another process claims the first, the next ones are left. */
const CANDIDATES = 5;
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
  const isClaimed = (id: number, holder: string) => Prisma.sql`Id = ${id} AND Holder = ${holder} AND Status = 'running'`;

  const claimFirst = async (candidates: Prisma.Sql, holder: string, at: Date, leaseUntil: Date): Promise<TaskRow | null> => {
    const rows = await DUE.read(
      db,
      Prisma.sql`FROM Tasks t WHERE t.SettledAt IS NULL AND t.DueAt <= ${at} AND ${candidates} ORDER BY t.DueAt, t.Id ${limit(db.engine, CANDIDATES)}`,
    );
    for (const row of rows) {
      const claimed = await changed(Prisma.sql`
        UPDATE Tasks SET Status = 'running', Holder = ${holder}, DueAt = ${leaseUntil}, Attempts = Attempts + 1
        WHERE Id = ${row.id} AND SettledAt IS NULL AND DueAt <= ${at} AND Attempts = ${row.attempts}`);
      if (claimed) return { ...row, attempts: row.attempts + 1 };
    }
    return null;
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

    claim: (holder, names, at, leaseUntil) => claimFirst(Prisma.sql`t.Name IN (${Prisma.join([...names])})`, holder, at, leaseUntil),

    claimKey: (key, holder, at, leaseUntil) => claimFirst(Prisma.sql`t.TaskKey = ${key}`, holder, at, leaseUntil),

    heartbeat: (id, holder, leaseUntil) => changed(Prisma.sql`UPDATE Tasks SET DueAt = ${leaseUntil} WHERE ${isClaimed(id, holder)}`),

    settle: (id, holder, outcome, at) => changed(Prisma.sql`UPDATE Tasks SET ${ending(outcome, at)} WHERE ${isClaimed(id, holder)}`),

    isSettled: async (key) => (await db.prisma.task.count({ where: { taskKey: key, settledAt: null } })) === 0,

    listDead(rows, before) {
      const older = before === undefined ? Prisma.empty : Prisma.sql`AND t.Id < ${before}`;
      return DEAD.read(db, Prisma.sql`FROM Tasks t WHERE t.Status = 'dead' ${older} ORDER BY t.Id DESC ${limit(db.engine, rows)}`);
    },

    retry: (id, at) =>
      changed(Prisma.sql`
        UPDATE Tasks SET Status = 'queued', DueAt = ${at}, Attempts = 0, Holder = NULL, Failure = NULL, SettledAt = NULL
        WHERE Id = ${id} AND Status = 'dead'`),

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
