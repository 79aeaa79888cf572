import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { PAYOUT_STATUSES, type PayoutStatus } from '@assay/contract';
import {
  cancelBankFile,
  holdPayouts,
  importBankStatement,
  listDueSellers,
  makeBankFile,
  makePayoutsNow,
  releasePayouts,
  repeatBankFile,
  searchPayouts,
  settlePayoutByHand,
  type Context,
  type WrittenBankFile,
} from '@assay/core';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';

const HELP = `npm run payouts -- COMMAND [options]

  list                   payouts, newest first: --status ${PAYOUT_STATUSES.join('|')} --seller ID
  due                    sellers with money, and when they are paid out or why not
  make-file --out FILE   puts the payouts that wait into a bank file (pain.001.001.09): they are sent then
  repeat-file ID --out FILE   writes a bank file again, with the same ids
  cancel-file ID         a bank file did not reach the bank: its payouts wait for another one
  import FILE            applies a bank statement (camt.053, camt.054): what is paid, what came back
  settle ID paid|failed|returned   says how a payout ended: --reason TEXT
  hold SELLER --reason TEXT | release SELLER   holds payouts of a seller; the seller reads the reason
  make SELLER            makes the payouts of one seller now

  --limit N   how many rows list and due print, 1 to 100 (50)
  --json      the result as JSON on standard output
  --help

A bank file has IBANs in it: FILE must not exist yet, and only you can read it. Delete it when the bank has it.
Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

const OPTIONS = {
  status: { type: 'string' },
  seller: { type: 'string' },
  out: { type: 'string' },
  reason: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
type Values = { [N in keyof typeof OPTIONS]?: string | boolean | undefined };
type Work = (ctx: Context) => Promise<void>;

const OUTCOMES = ['paid', 'failed', 'returned'] as const;

const numberOf = (text: string | undefined, what: string, max = 2 ** 31 - 1): number => {
  const value = /^\d{1,10}$/.test(text ?? '') ? Number(text) : NaN;
  if (!(value >= 1 && value <= max)) throw new WrongCall(`${what} is a whole number from 1 to ${max}, not "${text ?? ''}".`);
  return value;
};
const textOf = (value: string | boolean | undefined, what: string): string => {
  if (typeof value !== 'string' || !value.trim()) throw new WrongCall(`${what} is missing.`);
  return value.trim();
};

/** Writes a file that only its owner reads, and leaves none behind that is not complete. */
async function write(file: string, { pieces }: WrittenBankFile): Promise<void> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await new Promise<void>((resolve, reject) => out.once('open', () => resolve()).once('error', reject));
  try {
    await pipeline(Readable.from(pieces), out);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Runs a command whose arguments are valid. */
function plan([command, first, second, ...rest]: string[], values: Values): Work {
  const print = (value: unknown, text: string) => console.log(values.json ? JSON.stringify(value, null, 2) : text);
  const limit = values.limit === undefined ? 50 : numberOf(textOf(values.limit, '--limit'), '--limit', 100);
  if (rest.length > 0 || (second !== undefined && command !== 'settle')) throw new WrongCall('There are too many arguments.');
  const commands: Record<string, () => Work> = {
    list: () => listing(values, limit, print),
    due: () => async (ctx) => {
      const page = await listDueSellers(ctx, { limit });
      const lines = page.items.flatMap(({ sellerId, nextAt, due }) =>
        due.map((each) => `${sellerId}  ${each.available} ${each.currency}  ${each.reason ?? (each.amount ? nextAt : 'nothing due')}`),
      );
      print(page, lines.join('\n') || 'No seller has money here.');
    },
    'make-file': () => {
      const file = textOf(values.out, '--out FILE');
      return async (ctx) => {
        await write(file, await makeBankFile(ctx));
        print({ file }, `${file} is for the bank. Delete it when the bank has it.`);
      };
    },
    'repeat-file': () => {
      const [id, file] = [numberOf(first, 'A bank file'), textOf(values.out, '--out FILE')];
      return async (ctx) => {
        await write(file, await repeatBankFile(ctx, { id }));
        print({ file }, `${file} is written again.`);
      };
    },
    'cancel-file': () => {
      const id = numberOf(first, 'A bank file');
      return (ctx) =>
        cancelBankFile(ctx, { id }).then(() => print({ id }, `Bank file ${id} is cancelled: its payouts wait for another one.`));
    },
    import: () => {
      const file = textOf(first, 'The statement');
      return async (ctx) => {
        const result = await importBankStatement(ctx, await readFile(file));
        const { paid, returned, unresolved, unchanged, conflict, foreign } = result;
        print(
          result,
          `${paid} paid, ${returned} returned, ${unresolved} unresolved, ${conflict} in conflict, ${unchanged} known, ${foreign} not about payouts`,
        );
      };
    },
    settle: () => {
      const id = numberOf(first, 'A payout');
      const outcome = OUTCOMES.find((one) => one === second);
      if (!outcome) throw new WrongCall(`Say how it ended: ${OUTCOMES.join(', ')}.`);
      const reason = values.reason === undefined ? undefined : textOf(values.reason, '--reason');
      return (ctx) => settlePayoutByHand(ctx, { id, outcome, reason }).then(() => print({ id, outcome }, `Payout ${id} is ${outcome}.`));
    },
    hold: () => {
      const [sellerId, reason] = [numberOf(first, 'A seller'), textOf(values.reason, '--reason TEXT')];
      return (ctx) => holdPayouts(ctx, { sellerId, reason }).then(() => print({ sellerId }, `Payouts of seller ${sellerId} are on hold.`));
    },
    release: () => {
      const sellerId = numberOf(first, 'A seller');
      return (ctx) => releasePayouts(ctx, { sellerId }).then(() => print({ sellerId }, `Payouts of seller ${sellerId} go on.`));
    },
    make: () => {
      const sellerId = numberOf(first, 'A seller');
      return async (ctx) => {
        const payouts = await makePayoutsNow(ctx, { sellerId });
        print({ sellerId, payouts }, payouts > 0 ? `${payouts} made.` : 'None is due; `due` says why.');
      };
    },
  };
  const known = command !== undefined && Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!known) throw new WrongCall(command ? `There is no command "${command}".` : `Name a command: ${Object.keys(commands).join(', ')}.`);
  return known();
}

function listing({ status, seller }: Values, limit: number, print: (value: unknown, text: string) => void): Work {
  const wanted = status === undefined ? undefined : PAYOUT_STATUSES.find((one): one is PayoutStatus => one === status);
  if (status !== undefined && !wanted) throw new WrongCall(`A status is ${PAYOUT_STATUSES.join(', ')}.`);
  const sellerId = seller === undefined ? undefined : numberOf(textOf(seller, '--seller'), 'A seller');
  return async (ctx) => {
    const page = await searchPayouts(ctx, { limit, status: wanted, sellerId });
    const lines = page.items.map(
      (one) =>
        `${one.id}  ${one.status.padEnd(10)}  ${one.amount} ${one.currency}  seller ${one.sellerId}  ${one.reference}  ${one.createdAt}`,
    );
    print(page, lines.join('\n') || 'There are no payouts.');
  };
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (values.help) return console.log(HELP);
  const work = plan(positionals, values);
  await withSystem('payouts', work);
});
