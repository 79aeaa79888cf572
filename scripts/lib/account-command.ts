import { parseArgs } from 'node:util';
import { ROLES, type Account, type Role } from '@assay/contract';
import type { Context } from '@assay/core';
import { runCommand, withSystem, WrongCall } from './command.ts';

interface AccountCommand<Done = Account> {
  /** Its npm script. */
  name: string;
  help: string;
  /** Changes the account. The actor is the system, under the command's name. */
  work: (ctx: Context, input: { email: string }) => Promise<Done>;
  /** What to print. */
  say: (done: Done) => string;
}

const emailOf = (given: string | undefined): string => {
  if (!given?.trim()) throw new WrongCall('Name an account: --email ADDRESS');
  return given.trim().toLowerCase();
};

/** Runs a command that changes one account. */
export const accountCommand = <Done>({ name, help, work, say }: AccountCommand<Done>): Promise<void> =>
  runCommand(async () => {
    const { values } = parseArgs({ options: { email: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help) return console.log(help);
    const email = emailOf(values.email);
    console.log(say(await withSystem(name, (ctx) => work(ctx, { email }))));
  });

/** The same for a command that gives or takes a role. */
export const roleCommand = ({
  name,
  help,
  work,
  say,
}: Omit<AccountCommand, 'work'> & { work: (ctx: Context, input: { email: string; role: Role }) => Promise<Account> }): Promise<void> =>
  runCommand(async () => {
    const { values } = parseArgs({ options: { email: { type: 'string' }, role: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.help) return console.log(help);
    const role = ROLES.find((one) => one === values.role);
    if (!values.email || !role) throw new WrongCall(`Name an account and a role: --email ADDRESS --role ${ROLES.join('|')}`);
    const email = emailOf(values.email);
    console.log(say(await withSystem(name, (ctx) => work(ctx, { email, role }))));
  });
