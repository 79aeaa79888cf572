import type { AlertView } from '@assay/contract';
import type { AlertRow } from './ports.ts';

/** An alert as operators see it. */
export function toAlertView({ key: _key, ...row }: AlertRow): AlertView {
  return {
    ...row,
    openedAt: row.openedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
