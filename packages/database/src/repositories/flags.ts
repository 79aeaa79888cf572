import { FlagState, type FlagName, type FlagTarget } from '@assay/contract';
import type { FlagRow, FlagsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { assignments, insert, insertReturningId } from '../engine/insert.ts';
import { bool, columns, json, outer } from '../engine/rows.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';

const FLAG = columns(
  { f: 'FeatureFlags', u: outer('Users') },
  {
    name: 'f.Name',
    description: 'f.Description',
    owner: 'f.Owner',
    expiresAt: 'f.ExpiresAt',
    enabled: bool(Prisma.sql`f.Enabled = 1`),
    killed: bool(Prisma.sql`f.Killed = 1`),
    rolloutPercentage: 'f.RolloutPercentage',
    version: 'f.Version',
    updatedAt: 'f.UpdatedAt',
    updatedBy: 'u.FullName',
  },
);
const TARGET = columns({ t: 'FeatureFlagTargets' }, { flag: 't.FlagName', kind: 't.Kind', value: 't.Value' });
const VARIANT = columns({ v: 'FeatureFlagVariants' }, { flag: 'v.FlagName', name: 'v.Name', weight: 'v.Weight' });

const CHANGE = columns(
  { c: 'FeatureFlagChanges', u: outer('Users') },
  {
    id: 'c.Id',
    name: 'c.FlagName',
    at: 'c.At',
    action: 'c.Action',
    by: 'u.FullName',
    before: json('c.StateBefore', FlagState),
    after: json('c.StateAfter', FlagState),
    requestId: 'c.RequestId',
    undoneBy: 'c.UndoneBy',
  },
);
const CHANGES = Prisma.sql`FROM FeatureFlagChanges c LEFT JOIN Users u ON u.Id = c.ActorId`;

const toColumns = ({ description, owner, expiresAt, enabled, killed, rolloutPercentage }: FlagState) => ({
  Description: description,
  Owner: owner,
  ExpiresAt: expiresAt === null ? null : new Date(expiresAt),
  Enabled: enabled ? 1 : 0,
  Killed: killed ? 1 : 0,
  RolloutPercentage: rolloutPercentage,
});

export function flagsRepository(db: Queryable): FlagsRepository {
  const read = async (which: Prisma.Sql): Promise<FlagRow[]> => {
    const flags = await FLAG.read(db, Prisma.sql`FROM FeatureFlags f LEFT JOIN Users u ON u.Id = f.UpdatedBy ${which} ORDER BY f.Name`);
    if (flags.length === 0) return [];
    const targets = await TARGET.read(db, Prisma.sql`FROM FeatureFlagTargets t ORDER BY t.Kind, t.Value`);
    const variants = await VARIANT.read(db, Prisma.sql`FROM FeatureFlagVariants v ORDER BY v.Position`);
    return flags.map((row) => ({
      ...row,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      targets: targets.filter(({ flag }) => flag === row.name).map(({ kind, value }) => ({ kind, value }) as FlagTarget),
      variants: variants.filter(({ flag }) => flag === row.name).map(({ name, weight }) => ({ name, weight })),
    }));
  };

  const writeRow = async (name: FlagName, state: FlagState, from: number, by: number | null, at: Date): Promise<boolean> => {
    const row = { ...toColumns(state), UpdatedAt: at, UpdatedBy: by };
    const set = Prisma.join(assignments('FeatureFlags', { ...row, Version: from + 1 }));
    if ((await db.write(Prisma.sql`UPDATE FeatureFlags SET ${set} WHERE Name = ${name} AND Version = ${from}`)) === 1) return true;
    return from === 0 && insertUnlessThere(() => insert(db, 'FeatureFlags', { Name: name, ...row, Version: 1 }));
  };

  return {
    all: () => read(Prisma.empty),
    find: async (name) => (await read(Prisma.sql`WHERE f.Name = ${name}`))[0] ?? null,

    async save(name, state, from, by, at) {
      if (!(await writeRow(name, state, from, by, at))) return false;
      await db.write(Prisma.sql`DELETE FROM FeatureFlagTargets WHERE FlagName = ${name}`);
      await db.write(Prisma.sql`DELETE FROM FeatureFlagVariants WHERE FlagName = ${name}`);
      for (const chunk of chunks(state.targets.map(({ kind, value }) => ({ name, kind, value }))))
        await db.write(Prisma.sql`
          INSERT INTO FeatureFlagTargets (FlagName, Kind, Value) SELECT n.name, n.kind, n.value FROM ${valueRows(db, chunk)} n WHERE 1 = 1`);
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

    findChange: (id) => CHANGE.first(db, Prisma.sql`${CHANGES} WHERE c.Id = ${id}`),

    history(name, rows, after) {
      const from = after === undefined ? Prisma.empty : Prisma.sql`AND c.Id < ${after}`;
      return CHANGE.read(db, Prisma.sql`${CHANGES} WHERE c.FlagName = ${name} ${from} ORDER BY c.Id DESC ${limit(db.engine, rows)}`);
    },

    async markUndone(id, by) {
      const marked = await db.write(Prisma.sql`UPDATE FeatureFlagChanges SET UndoneBy = ${by} WHERE Id = ${id} AND UndoneBy IS NULL`);
      await db.write(Prisma.sql`UPDATE FeatureFlagChanges SET UndoneBy = NULL WHERE UndoneBy = ${id}`); // what it had taken back counts again
      return marked === 1;
    },
  };
}
