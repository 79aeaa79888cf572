import { parseArgs } from 'node:util';
import { FLAGS, type FlagName, type FlagView } from '@assay/contract';
import {
  flagHistory,
  killFlag,
  listFlags,
  listRollouts,
  setRollout,
  showFlag,
  switchFlag,
  undoFlagChange,
  type Context,
} from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { changeLine, describeFlag, flagLine, flagName, lockOf } from './lib/flags.ts';
import { ROLLOUT_COMMANDS, ROLLOUT_OPTIONS, rolloutLine, rolloutPlan, type RolloutValues } from './lib/rollouts.ts';

const HELP = `npm run flags -- COMMAND [options]

  list                  every flag and its state
  show NAME             all details of one flag
  rollout NAME 25       on for that share of people, 0 to 100; people keep the feature as the share grows
  on NAME | off NAME    on for the people that percentage and targets select, or off for everyone
  kill NAME             off for everyone, regardless of other settings, until: revive NAME
  history NAME          changes, newest first
  undo NAME             reverts the newest change; again, the one before; --change ID reverts that one

  guard NAME            starts a guarded rollout, which rolls back by itself when a guard fails: --phases 10,25,50,100
                        --wait MINUTES (60) --requests MIN (100) --errors PERCENT (5) --p95 MS (1000), for each phase
  pause NAME | resume NAME | stop NAME    a guarded rollout; resume restarts its phase, stop leaves the flag as it is
  rollouts              the last guarded rollout of each flag

  --limit N   how many changes history prints, 1 to 100 (20)
  --json      the result as JSON on standard output
  --help

Every API process applies a change within a second. Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

const OPTIONS = {
  change: { type: 'string' },
  limit: { type: 'string' },
  ...ROLLOUT_OPTIONS,
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
type Values = RolloutValues & { change?: string | undefined; limit?: string | undefined; json?: boolean | undefined };

function wholeNumber(text: string | undefined, min: number, max: number, what: string): number {
  const value = /^\d{1,10}$/.test(text ?? '') ? Number(text) : NaN;
  if (!(value >= min && value <= max)) throw new WrongCall(`${what} is a whole number from ${min} to ${max}, not "${text ?? ''}".`);
  return value;
}

/** Runs a command whose arguments are valid. */
function plan([command, given, extra, ...rest]: string[], { change, limit, json, ...values }: Values): (ctx: Context) => Promise<void> {
  const print = (value: unknown, text: string) => console.log(json ? JSON.stringify(value, null, 2) : text);
  if (rest.length > 0 || (extra !== undefined && command !== 'rollout')) throw new WrongCall('There are too many arguments.');
  if (command === 'list') {
    if (given !== undefined) throw new WrongCall('list takes no name: show NAME says more of one flag.');
    return async (ctx) => {
      const list = await listFlags(ctx);
      print(list, list.items.map(flagLine).join('\n'));
    };
  }
  if (command === 'rollouts') {
    if (given !== undefined) throw new WrongCall('rollouts takes no name.');
    return async (ctx) => {
      const rollouts = await listRollouts(ctx);
      print({ items: rollouts }, rollouts.map(rolloutLine).join('\n') || 'There are no rollouts yet.');
    };
  }
  const changes: Record<string, (ctx: Context, name: FlagName) => Promise<FlagView>> = {
    on: (ctx, name) => switchFlag(ctx, { name, enabled: true }),
    off: (ctx, name) => switchFlag(ctx, { name, enabled: false }),
    kill: (ctx, name) => killFlag(ctx, { name, killed: true }),
    revive: (ctx, name) => killFlag(ctx, { name, killed: false }),
    rollout: (ctx, name) => setRollout(ctx, { name, percentage: wholeNumber(extra, 0, 100, 'A percentage') }),
    undo: (ctx, name) =>
      undoFlagChange(ctx, { name, changeId: change === undefined ? undefined : wholeNumber(change, 1, 2 ** 31 - 1, '--change') }),
  };
  const known = command !== undefined && (['show', 'history', ...ROLLOUT_COMMANDS].includes(command) || Object.hasOwn(changes, command));
  if (!known)
    throw new WrongCall(
      command
        ? `There is no command "${command}".`
        : 'Name a command: list, show, rollout, on, off, kill, revive, history, undo, guard, pause, resume, stop or rollouts.',
    );
  const name = flagName(given);
  if (ROLLOUT_COMMANDS.includes(command)) {
    const work = rolloutPlan(command, name, values);
    return async (ctx) => {
      const rollout = await work(ctx);
      print(rollout, rolloutLine(rollout));
    };
  }
  if (command === 'rollout') wholeNumber(extra, 0, 100, 'A percentage');
  if (command === 'show')
    return async (ctx) => {
      const flag = await showFlag(ctx, { name });
      print(flag, details(flag));
    };
  if (command === 'history') {
    const rows = wholeNumber(limit ?? '20', 1, 100, '--limit');
    return async (ctx) => {
      const page = await flagHistory(ctx, { name, limit: rows });
      print(page, page.items.map(changeLine).join('\n') || 'There are no changes yet.');
    };
  }
  return async (ctx) => {
    const flag = await changes[command]!(ctx, name);
    print(flag, `${name} is ${describeFlag(flag)}${lockOf(flag)}.`);
  };
}

function details(flag: FlagView): string {
  const changed = flag.updatedAt
    ? `${flag.updatedAt} by ${flag.updatedBy ?? 'a command'}, version ${flag.version}`
    : 'never: it is what the environment says';
  return Object.entries({
    name: flag.name,
    is: describeFlag(flag) + lockOf(flag),
    description: flag.description,
    switches: FLAGS[flag.name].switches,
    owner: flag.owner,
    expires: flag.expiresAt ? `${flag.expiresAt}${flag.stale ? ': it should be removed' : ''}` : 'no date',
    changed,
  })
    .map(([label, text]) => `${label.padEnd(13)}${text}`)
    .join('\n');
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (values.help) return console.log(HELP);
  const work = plan(positionals, values);
  await withSystem('flags', (ctx) => work(ctx));
});
