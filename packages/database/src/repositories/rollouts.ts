import { AppError, type RolloutRow, type RolloutsRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { isUniqueViolation } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type RawRollout = Omit<RolloutRow, 'phases' | 'errorRatePercentMax' | 'guards' | 'requestedAt' | 'phaseStartedAt' | 'finishedAt'> & {
  phases: string;
  errorRateMaxPermille: number;
  guards: string;
  requestedAt: RawDate;
  phaseStartedAt: RawDate;
  finishedAt: RawDate | null;
};

const ROLLOUTS = Prisma.sql`
  SELECT r.Id AS id, r.FlagName AS flag, r.Status AS status, r.Phases AS phases, r.Phase AS phase, r.StartPercentage AS startPercentage,
    r.WaitMinutes AS waitMinutes, r.RequestsMin AS requestsMin, r.ErrorRateMaxPermille AS errorRateMaxPermille, r.P95MaxMs AS p95MaxMs,
    u.FullName AS requestedBy, r.RequestedAt AS requestedAt, r.PhaseStartedAt AS phaseStartedAt, r.FinishedAt AS finishedAt,
    r.Message AS message, r.Guards AS guards
  FROM FeatureRollouts r LEFT JOIN Users u ON u.Id = r.RequestedBy`;

const toRow = ({ errorRateMaxPermille, ...raw }: RawRollout): RolloutRow => ({
  ...raw,
  phases: raw.phases.split(',').map(Number),
  errorRatePercentMax: errorRateMaxPermille / 10,
  guards: JSON.parse(raw.guards) as RolloutRow['guards'],
  requestedAt: toDate(raw.requestedAt),
  phaseStartedAt: toDate(raw.phaseStartedAt),
  finishedAt: toDate(raw.finishedAt),
});

export function rolloutsRepository(db: Queryable): RolloutsRepository {
  const read = async (which: Prisma.Sql) => (await db.read<RawRollout>(Prisma.sql`${ROLLOUTS} ${which} ORDER BY r.Id`)).map(toRow);
  return {
    async begin({ flag, phases, startPercentage, waitMinutes, requestsMin, errorRatePercentMax, p95MaxMs }, phase, userId, at) {
      try {
        return await insertReturningId(db, 'FeatureRollouts', {
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
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new AppError('ROLLOUT_UNDER_WAY');
        throw error;
      }
    },

    find: async (id) => (await read(Prisma.sql`WHERE r.Id = ${id}`))[0] ?? null,
    open: () => read(Prisma.sql`WHERE r.Status IN ('running', 'paused')`),
    latest: () => read(Prisma.sql`WHERE r.Id IN (SELECT MAX(l.Id) FROM FeatureRollouts l GROUP BY l.FlagName)`),

    async move(from, { status, phase = from.phase, phaseStartedAt, finishedAt, message }) {
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
