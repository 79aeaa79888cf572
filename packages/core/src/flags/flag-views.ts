import { dayNumber, FLAGS, type FlagChangeView, type FlagName, type FlagState, type FlagView } from '@assay/contract';
import type { FlagChangeRow, FlagDefaults, FlagRow } from './ports.ts';

/** The state of a flag without a row. */
export function defaultState(name: FlagName, defaults: FlagDefaults): FlagState {
  const { description, owner } = FLAGS[name];
  const { enabled, rolloutPercentage } = defaults[name];
  return { description, owner, expiresAt: null, enabled, killed: false, rolloutPercentage, targets: [], variants: [] };
}

/** What a flag is: its row, or the default. */
export function stateOf(name: FlagName, row: FlagRow | null, defaults: FlagDefaults): FlagState {
  if (!row) return defaultState(name, defaults);
  const { description, owner, expiresAt, enabled, killed, rolloutPercentage, targets, variants } = row;
  return { description, owner, expiresAt, enabled, killed, rolloutPercentage, targets, variants };
}

export function toFlagView(name: FlagName, row: FlagRow | null, defaults: FlagDefaults, now: Date): FlagView {
  const state = stateOf(name, row, defaults);
  return {
    name,
    switches: FLAGS[name].switches,
    ...state,
    // Due on a day of UTC, and overdue when that day is over.
    stale: state.expiresAt !== null && dayNumber(new Date(state.expiresAt)) < dayNumber(now),
    source: row ? 'database' : 'default',
    lockedBy: defaults[name].lockedBy,
    version: row?.version ?? 0,
    updatedAt: row?.updatedAt.toISOString() ?? null,
    updatedBy: row?.updatedBy ?? null,
  };
}

export function toFlagChangeView({ name, at, ...row }: FlagChangeRow): FlagChangeView {
  return { ...row, flag: name, at: at.toISOString() };
}
