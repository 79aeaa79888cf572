import type { FlagAction, FlagName, FlagState, FlagTarget } from '@assay/contract';
import type { FlagChangeRow, FlagRow, FlagsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { isUniqueViolation } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { portions, valueRows } from '../engine/value-rows.ts';
import { toDate, type RawDate } from '../engine/values.ts';

interface RawFlag {
  name: FlagName;
  description: string;
  owner: string;
  expiresAt: RawDate | null;
  enabled: number;
  killed: number;
  rolloutPercentage: number;
  version: number;
  updatedAt: RawDate;
  updatedBy: string | null;
}

type RawChange = Omit<FlagChangeRow, 'at' | 'before' | 'after' | 'action'> & {
  at: RawDate;
  action: FlagAction;
  stateBefore: string;
  stateAfter: string;
};

const FLAGS = Prisma.sql`
  SELECT f.Name AS name, f.Description AS description, f.Owner AS owner, f.ExpiresAt AS expiresAt, f.Enabled AS enabled, f.Killed AS killed,
    f.RolloutPercentage AS rolloutPercentage, f.Version AS version, f.UpdatedAt AS updatedAt, u.FullName AS updatedBy
  FROM FeatureFlags f LEFT JOIN Users u ON u.Id = f.UpdatedBy`;

const CHANGES = Prisma.sql`
  SELECT c.Id AS id, c.FlagName AS name, c.At AS at, c.Action AS action, u.FullName AS ${Prisma.raw('"by"')}, c.StateBefore AS stateBefore,
    c.StateAfter AS stateAfter, c.RequestId AS requestId, c.UndoneBy AS undoneBy
  FROM FeatureFlagChanges c LEFT JOIN Users u ON u.Id = c.ActorId`;

const toChange = ({ stateBefore, stateAfter, at, ...raw }: RawChange): FlagChangeRow => ({
  ...raw,
  at: toDate(at),
  before: JSON.parse(stateBefore) as FlagState,
  after: JSON.parse(stateAfter) as FlagState,
});

const columnsOf = ({ description, owner, expiresAt, enabled, killed, rolloutPercentage }: FlagState) => ({
  Description: description,
  Owner: owner,
  ExpiresAt: expiresAt === null ? null : new Date(expiresAt),
  Enabled: enabled ? 1 : 0,
  Killed: killed ? 1 : 0,
  RolloutPercentage: rolloutPercentage,
});

export function flagsRepository(db: Queryable): FlagsRepository {
  const read = async (which: Prisma.Sql): Promise<FlagRow[]> => {
    const flags = await db.read<RawFlag>(Prisma.sql`${FLAGS} ${which} ORDER BY f.Name`);
    if (flags.length === 0) return [];
    const targets = await db.read<{ flag: string } & FlagTarget>(Prisma.sql`
      SELECT t.FlagName AS flag, t.Kind AS kind, t.Value AS value FROM FeatureFlagTargets t ORDER BY t.Kind, t.Value`);
    const variants = await db.read<{ flag: string; name: string; weight: number }>(Prisma.sql`
      SELECT v.FlagName AS flag, v.Name AS name, v.Weight AS weight FROM FeatureFlagVariants v ORDER BY v.Position`);
    return flags.map(({ expiresAt, enabled, killed, updatedAt, ...raw }) => ({
      ...raw,
      expiresAt: toDate(expiresAt)?.toISOString() ?? null,
      enabled: enabled === 1,
      killed: killed === 1,
      updatedAt: toDate(updatedAt),
      targets: targets.filter(({ flag }) => flag === raw.name).map(({ kind, value }) => ({ kind, value }) as FlagTarget),
      variants: variants.filter(({ flag }) => flag === raw.name).map(({ name, weight }) => ({ name, weight })),
    }));
  };

  const writeRow = async (name: FlagName, state: FlagState, from: number, by: number | null, at: Date): Promise<boolean> => {
    const columns = columnsOf(state);
    const written = await db.write(Prisma.sql`
      UPDATE FeatureFlags SET Description = ${columns.Description}, Owner = ${columns.Owner}, ExpiresAt = ${columns.ExpiresAt},
        Enabled = ${columns.Enabled}, Killed = ${columns.Killed}, RolloutPercentage = ${columns.RolloutPercentage},
        Version = ${from + 1}, UpdatedAt = ${at}, UpdatedBy = ${by}
      WHERE Name = ${name} AND Version = ${from}`);
    if (written === 1) return true;
    if (from !== 0) return false;
    try {
      await insert(db, 'FeatureFlags', { Name: name, ...columns, Version: 1, UpdatedAt: at, UpdatedBy: by });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  };

  return {
    all: () => read(Prisma.empty),
    find: async (name) => (await read(Prisma.sql`WHERE f.Name = ${name}`))[0] ?? null,

    async save(name, state, from, by, at) {
      if (!(await writeRow(name, state, from, by, at))) return false;
      await db.write(Prisma.sql`DELETE FROM FeatureFlagTargets WHERE FlagName = ${name}`);
      await db.write(Prisma.sql`DELETE FROM FeatureFlagVariants WHERE FlagName = ${name}`);
      for (const portion of portions(state.targets.map(({ kind, value }) => ({ name, kind, value }))))
        await db.write(Prisma.sql`
          INSERT INTO FeatureFlagTargets (FlagName, Kind, Value) SELECT n.name, n.kind, n.value FROM ${valueRows(db, portion)} n WHERE 1 = 1`);
      for (const [position, variant] of state.variants.entries())
        await insert(db, 'FeatureFlagVariants', { FlagName: name, Name: variant.name, Weight: variant.weight, Position: position });
      return true;
    },

    appendChange: ({ name, actorId, actorKind, action, before, after, requestId }, at) =>
      insertReturningId(db, 'FeatureFlagChanges', {
        FlagName: name,
        At: at,
        ActorId: actorId,
        ActorKind: actorKind,
        Action: action,
        StateBefore: JSON.stringify(before),
        StateAfter: JSON.stringify(after),
        RequestId: requestId,
      }),

    async findChange(id) {
      const [row] = await db.read<RawChange>(Prisma.sql`${CHANGES} WHERE c.Id = ${id}`);
      return row ? toChange(row) : null;
    },

    async history(name, rows, after) {
      const from = after === undefined ? Prisma.empty : Prisma.sql`AND c.Id < ${after}`;
      const found = await db.read<RawChange>(
        Prisma.sql`${CHANGES} WHERE c.FlagName = ${name} ${from} ORDER BY c.Id DESC ${limit(db.engine, rows)}`,
      );
      return found.map(toChange);
    },

    async markUndone(id, by) {
      const marked = await db.write(Prisma.sql`UPDATE FeatureFlagChanges SET UndoneBy = ${by} WHERE Id = ${id} AND UndoneBy IS NULL`);
      await db.write(Prisma.sql`UPDATE FeatureFlagChanges SET UndoneBy = NULL WHERE UndoneBy = ${id}`); // undone is not undone any more
      return marked === 1;
    },
  };
}
