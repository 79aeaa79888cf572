import { Prisma } from '../engine/database.ts';

/**
 * Versions before the one queue claimed rows of the features' own tables by `LeaseUntil` and `Holder`. While such a version still runs
 * beside this one, or after a rollback to it, a row must be worked on by one of them at a time: rows of this version are reserved by a
 * lease, after which an earlier version may claim them.
 */
export const RESERVED_MS = 15 * 60_000;

/** The holder of a row that a task works on; earlier versions name their process. */
export const TASK_HOLDER = 'task';

/** The row has no task: an earlier version queued it. */
export const withoutTask = (prefix: string, id: string): Prisma.Sql =>
  Prisma.sql`NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey = CONCAT(${`${prefix}:`}, ${Prisma.raw(id)}))`;

/** No process works on the row at that moment, by its task. */
export const withoutRunningTask = (prefix: string, id: string, at: Date): Prisma.Sql =>
  Prisma.sql`NOT EXISTS (SELECT 1 FROM Tasks k WHERE k.TaskKey = CONCAT(${`${prefix}:`}, ${Prisma.raw(id)}) AND k.Status = 'running' AND k.DueAt > ${at})`;
