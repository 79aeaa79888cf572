import { FLAG_NAMES, type FlagChangeView, type FlagName, type FlagState, type FlagView } from '@assay/contract';
import { WrongCall } from './command.ts';

/** @throws WrongCall when there is no such flag */
export function flagName(given: string | undefined): FlagName {
  const name = FLAG_NAMES.find((known) => known === given);
  if (!name) throw new WrongCall(`${given ? `There is no flag "${given}".` : 'Name a flag.'} There are: ${FLAG_NAMES.join(', ')}.`);
  return name;
}

/** "on for 25 %, and for role ops" */
export function describeFlag({ enabled, killed, rolloutPercentage, targets, variants }: FlagState): string {
  if (killed) return 'killed';
  if (!enabled) return 'off';
  const people = targets.length <= 3 ? targets.map(({ kind, value }) => `${kind} ${value}`).join(', ') : `${targets.length} targets`;
  const sides = variants.map(({ name, weight }) => `${name} ${weight}`).join(', ');
  return `on for ${rolloutPercentage} %${people ? `, and for ${people}` : ''}${sides ? `; variants ${sides}` : ''}`;
}

/** What the environment says over it: ", locked off by ENABLE_RATING_FEATURE". */
export const lockOf = ({ lockedBy }: FlagView): string => (lockedBy ? `, locked off by ${lockedBy}` : '');

/** One line: "seller-ratings  on for 25 %". */
export const flagLine = (flag: FlagView): string =>
  `${flag.name.padEnd(28)}${describeFlag(flag)}${lockOf(flag)}${flag.stale ? '  (expired: to be removed)' : ''}`;

/** "12  2026-11-25 20:15  rollout  on for 10 % → on for 25 %  by Ada Byron" */
export function changeLine({ id, at, action, by, before, after, undoneBy }: FlagChangeView): string {
  const [from, to] = [describeFlag(before), describeFlag(after)];
  const what = from === to ? 'description, owner or expiry date' : `${from} → ${to}`;
  return `${String(id).padEnd(6)}${at.slice(0, 16).replace('T', ' ')}  ${action.padEnd(9)}${what}  by ${by ?? 'a command'}${undoneBy === null ? '' : `  (taken back by ${undoneBy})`}`;
}
