import type { FlagChangeView, FlagView, RolloutView } from '@assay/contract';
import { counted } from '#lib/format.ts';

const NBSP = '\u00A0';

/** "25 %" */
export const share = (percentage: number): string => `${percentage}${NBSP}%`;

/** Who has it, in a few words, and what colour that deserves. */
export function reach(flag: Pick<FlagView, 'enabled' | 'killed' | 'lockedBy' | 'rolloutPercentage' | 'targets'>): {
  text: string;
  tone: 'good' | 'bad' | 'info' | '';
} {
  const named = flag.targets.length > 0 ? ` and ${counted(flag.targets.length, 'target')}` : '';
  if (flag.lockedBy) return { text: 'Locked off', tone: 'bad' };
  if (flag.killed) return { text: 'Killed', tone: 'bad' };
  if (!flag.enabled) return { text: 'Off', tone: '' };
  if (flag.rolloutPercentage === 100) return { text: 'On for everyone', tone: 'good' };
  if (flag.rolloutPercentage === 0)
    return { text: named ? `On for ${counted(flag.targets.length, 'target')}` : 'On for no one yet', tone: named ? 'info' : '' };
  return { text: `On for ${share(flag.rolloutPercentage)}${named}`, tone: 'info' };
}

/** How many of that many accounts have it, by its share; accounts that targets name are not counted twice. A locked flag is off for all. */
export function peopleWith(
  {
    enabled,
    killed,
    lockedBy,
    rolloutPercentage,
    targets,
  }: Pick<FlagView, 'enabled' | 'killed' | 'lockedBy' | 'rolloutPercentage' | 'targets'>,
  accounts: number,
): number {
  if (!enabled || killed || lockedBy) return 0;
  const named = targets.filter(({ kind }) => kind === 'user').length;
  return Math.min(accounts, Math.max(Math.round((accounts * rolloutPercentage) / 100), named));
}

/** The sentence at the top of the list: what a person should look at. */
export function flagsHeadline(flags: readonly FlagView[], rollouts: readonly RolloutView[]): string {
  const waiting = rollouts.filter(({ status }) => status === 'paused');
  const running = rollouts.filter(({ status }) => status === 'running');
  const killed = flags.filter((flag) => flag.killed);
  const stale = flags.filter((flag) => flag.stale);
  if (waiting.length > 0) return `The rollout of ${waiting[0]!.flag} is waiting for you.`;
  if (killed.length > 0) return `${killed.map(({ name }) => name).join(' and ')}: killed, off for everyone.`;
  if (running.length > 0) {
    const { flag, phases, phase } = running[0]!;
    const isLocked = flags.some(({ name, lockedBy }) => name === flag && lockedBy);
    return `${flag} is being rolled out: ${isLocked ? 'it is locked off' : `${share(phases[phase]!)} have it`}.`;
  }
  if (stale.length > 0) return `${counted(stale.length, 'flag')} past due: decide, then remove it.`;
  return 'All clear.';
}

export const ACTIONS: Record<FlagChangeView['action'], string> = {
  on: 'Switched on',
  off: 'Switched off',
  kill: 'Killed',
  revive: 'Revived',
  rollout: 'Share changed',
  targets: 'Targets changed',
  variants: 'Variants changed',
  details: 'Details changed',
  undo: 'Undone',
  rollback: 'Rolled back',
};

/** What a change did: "10 % → 25 %", "on → off". */
export function changeSummary({ before, after }: Pick<FlagChangeView, 'before' | 'after'>): string {
  const words: string[] = [];
  if (before.rolloutPercentage !== after.rolloutPercentage)
    words.push(`${share(before.rolloutPercentage)} → ${share(after.rolloutPercentage)}`);
  if (before.enabled !== after.enabled) words.push(after.enabled ? 'off → on' : 'on → off');
  if (before.killed !== after.killed) words.push(after.killed ? 'killed' : 'revived');
  const lists = (['targets', 'variants'] as const).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  for (const key of lists) words.push(`${before[key].length} → ${after[key].length} ${key}`);
  if (before.owner !== after.owner) words.push(`owner ${after.owner}`);
  if (before.expiresAt !== after.expiresAt) words.push(after.expiresAt ? `due ${after.expiresAt.slice(0, 10)}` : 'no date');
  if (before.description !== after.description) words.push('description changed');
  return words.join(', ') || 'no change';
}

/** Targets as lines of text, and back: "role admin". What no line says is a target is left to the API to refuse. */
export const targetLines = (targets: FlagView['targets']): string => targets.map(({ kind, value }) => `${kind} ${value}`).join('\n');
export const variantLines = (variants: FlagView['variants']): string => variants.map(({ name, weight }) => `${name} ${weight}`).join('\n');

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');
export const parseTargets = (text: string) => lines(text).map(([kind = '', value = '']) => ({ kind, value })) as FlagView['targets'];
export const parseVariants = (text: string) => lines(text).map(([name = '', weight]) => ({ name, weight: Number(weight ?? 1) }));

export const ROLLOUT_LABELS: Record<RolloutView['status'], { text: string; tone: 'good' | 'bad' | 'info' | 'warn' | '' }> = {
  running: { text: 'Running', tone: 'info' },
  paused: { text: 'Waiting for you', tone: 'warn' },
  done: { text: 'Done', tone: 'good' },
  'rolled-back': { text: 'Rolled back', tone: 'bad' },
  stopped: { text: 'Stopped', tone: '' },
};

export const GUARD_LABELS = { 'error-rate': 'Error rate', p95: 'Response time, p95', discrepancies: 'Score discrepancies' } as const;

/** "40 min", "6 h", "2 days": how long a phase lasts. */
export function span(minutes: number): string {
  if (minutes < 120) return `${minutes}${NBSP}min`;
  if (minutes < 2880) return `${Math.round(minutes / 60)}${NBSP}h`;
  return `${Math.round(minutes / 1440)} days`;
}
