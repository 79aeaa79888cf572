import { hostname, userInfo } from 'node:os';
import type { Container } from '@assay/api';
import { ConfigError, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api/config';
import { ERRORS } from '@assay/contract';
import { AppError, hasServedProduction, type Context } from '@assay/core';
import { describeDatabaseError } from '@assay/database/errors';
import { describeMissing } from '@assay/database/url';
import { describeSystemError, keepFilesPrivate } from '@assay/runtime';
import { Pm2ConfigError } from './pm2-config.ts';

/** A command was called wrongly: the message says how. */
export class WrongCall extends Error {}

/** A command refuses: the message says why. */
export class Refusal extends Error {}

/**
 * Runs a command and sets its exit code: 0 or what it returns; 2 for a wrong call or configuration; 1 for an `expected` error, of
 * which it prints the message only; the code of ERRORS for a refusal of a use case, with the sentence of each field; 1 for any other
 * error. One that an operator can cause and mend, see {@link messageOf}, is printed without its stack.
 */
export async function runCommand(
  main: () => Promise<number | void>,
  expected: (abstract new (...args: never[]) => Error)[] = [],
): Promise<void> {
  keepFilesPrivate();
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (isWrongCall(error)) {
      console.error(`${error.message}\n\n--help says more.`);
      process.exitCode = 2;
      return;
    }
    const foreseen = [AppError, Refusal, ...expected].some((kind) => error instanceof kind);
    console.error(foreseen ? (error as Error).message : (messageOf(error) ?? error));
    if (error instanceof AppError) for (const { field, message } of error.fields) console.error(`  ${field}: ${message}`);
    process.exitCode = error instanceof AppError ? ERRORS[error.code].exit : 1;
  }
}

/**
 * What an error says to an operator who can mend its cause: the configuration, the database, the file system, the network. Null for any
 * other error, whose stack says where the product is at fault.
 */
export function messageOf(error: unknown): string | null {
  if (isWrongConfiguration(error) || error instanceof Refusal) return error.message;
  return describeDatabaseError(error) ?? describeSystemError(error);
}

const isWrongConfiguration = (error: unknown): error is Error => error instanceof ConfigError || error instanceof Pm2ConfigError;

function isWrongCall(error: unknown): error is Error {
  if (error instanceof WrongCall || isWrongConfiguration(error)) return true;
  return error instanceof TypeError && ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false);
}

/**
 * Runs a command with the container, and a context in which the system acts under the command's name.
 * @param notInProduction why the command is refused in production, before the database is opened
 */
export async function withSystem<T>(
  name: string,
  work: (ctx: Context, container: Container) => Promise<T>,
  notInProduction?: string,
): Promise<T> {
  loadEnvFile();
  const config = readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET, JWT_SECRET_FILE: '' });
  if (notInProduction && config.environment === 'production') throw new Refusal(notInProduction);
  requireDatabase(config.database.target);
  // Not before: a wrong call, or --help, needs none of it.
  const [{ createContainer }, { createLogger }] = await Promise.all([import('@assay/api/container'), import('@assay/api/logger')]);
  const container = await createContainer(config, createLogger('silent', name));
  try {
    const ctx = container.context({ kind: 'system', name, operator: operatorName() }, name);
    if (notInProduction && (await hasServedProduction(ctx))) throw new Refusal(`${notInProduction} This database has served production.`);
    return await work(ctx, container);
  } finally {
    await container.close();
  }
}

/** @throws Refusal where the file of an embedded database is not there */
export function requireDatabase(target: Parameters<typeof describeMissing>[0]): void {
  const missing = describeMissing(target);
  if (missing !== null) throw new Refusal(missing);
}

/** Who runs the command: with sudo, the user who called it. */
function operatorName(): string {
  try {
    return `${process.env.SUDO_USER ?? userInfo().username}@${hostname()}`.slice(0, 100);
  } catch {
    return hostname(); // a user without a name, as in some containers
  }
}
