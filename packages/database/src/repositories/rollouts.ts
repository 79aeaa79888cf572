import { GuardReading } from '@assay/contract';
import type { RolloutRow, RolloutsRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { refuseDuplicate } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns, json, outer } from '../engine/rows.ts';

const Guards = GuardReading.array();

const ROLLOUT = columns(
  { r: 'FeatureRollouts', u: outer('Users') },
  {
    id: 'r.Id',
    flag: 'r.FlagName',
    status: 'r.Status',
    phases: 'r.Phases',
    phase: 'r.Phase',
    startPercentage: 'r.StartPercentage',
    waitMinutes: 'r.WaitMinutes',
    requestsMin: 'r.RequestsMin',
    errorRateMaxPermille: 'r.ErrorRateMaxPermille',
    p95MaxMs: 'r.P95MaxMs',
    requestedBy: 'u.FullName',
    requestedAt: 'r.RequestedAt',
    phaseStartedAt: 'r.PhaseStartedAt',
    finishedAt: 'r.FinishedAt',
    message: 'r.Message',
    guards: json('r.Guards', Guards),
  },
  ({ phases, errorRateMaxPermille, ...row }): RolloutRow => ({
    ...row,
    phases: phases.split(',').map(Number),
    errorRatePercentMax: errorRateMaxPermille / 10,
  }),
);
const ROLLOUTS = Prisma.sql`FROM FeatureRollouts r LEFT JOIN Users u ON u.Id = r.RequestedBy`;

export function rolloutsRepository(db: Queryable): RolloutsRepository {
  const read = (which: Prisma.Sql) => ROLLOUT.read(db, Prisma.sql`${ROLLOUTS} ${which} ORDER BY r.Id`);
  return {
    begin: ({ flag, phases, startPercentage, waitMinutes, requestsMin, errorRatePercentMax, p95MaxMs }, phase, userId, at) =>
      refuseDuplicate('ROLLOUT_UNDER_WAY', () =>
        insertReturningId(db, 'FeatureRollouts', {
          FlagName: flag,
          OpenKey: flag,
          Status: 'running',
          Phases: phases.join(','),
          Phase: phase,
          StartPercentage: startPercentage,
          WaitMinutes: waitMinutes,
          RequestsMin: requestsMin,
          ErrorRateMaxPermille: Math.round(errorRatePercentMax * 10),
          P95MaxMs: p95MaxMs,
          RequestedBy: userId,
          RequestedAt: at,
          PhaseStartedAt: at,
          Guards: '[]',
        }),
      ),

    find: (id) => ROLLOUT.first(db, Prisma.sql`${ROLLOUTS} WHERE r.Id = ${id}`),
    open: () => read(Prisma.sql`WHERE r.Status IN ('running', 'paused')`),
    latest: () => read(Prisma.sql`WHERE r.Id IN (SELECT MAX(l.Id) FROM FeatureRollouts l GROUP BY l.FlagName)`),

    async transition(from, { status, phase = from.phase, phaseStartedAt, finishedAt, message }) {
      const clock = phaseStartedAt ? Prisma.sql`, PhaseStartedAt = ${phaseStartedAt}, Guards = '[]'` : Prisma.empty;
      const end = finishedAt ? Prisma.sql`, FinishedAt = ${finishedAt}, OpenKey = ${`over:${from.id}`}` : Prisma.empty;
      const moved = await db.write(Prisma.sql`
        UPDATE FeatureRollouts SET Status = ${status}, Phase = ${phase}, Message = ${message} ${clock} ${end}
        WHERE Id = ${from.id} AND Status = ${from.status} AND Phase = ${from.phase}`);
      return moved === 1;
    },

    async note(id, guards) {
      await db.write(Prisma.sql`UPDATE FeatureRollouts SET Guards = ${JSON.stringify(guards)} WHERE Id = ${id}`);
    },
  };
}
