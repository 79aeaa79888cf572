import type { RolloutView } from '@assay/contract';
import type { RolloutRow } from './ports.ts';
import { dueAt } from './rules.ts';

export function toRolloutView(row: RolloutRow): RolloutView {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    phaseStartedAt: row.phaseStartedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    dueAt: dueAt(row).toISOString(),
  };
}
