import { ConfigError, createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET, type Container } from '@assay/api';
import { ERRORS } from '@assay/contract';
import { AppError, hasServedProduction, type Context } from '@assay/core';

/** A command was called wrongly: the message says how. */
export class WrongCall extends Error {}

/** A command refuses: the message says why. */
export class Refusal extends Error {}

/**
 * Runs a command and sets its exit code: 0 or what it returns; 2 for a wrong call or configuration; 1 for an `expected` error, of
 * which it prints the message only; the code of ERRORS for a refusal of a use case; 1 for any other error, printed with its stack.
 */
export async function runCommand(
  main: () => Promise<number | void>,
  expected: (abstract new (...args: never[]) => Error)[] = [],
): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (isWrongCall(error)) {
      console.error(`${error.message}\n\n--help says more.`);
      process.exitCode = 2;
      return;
    }
    const foreseen = [AppError, Refusal, ...expected].some((kind) => error instanceof kind);
    console.error(foreseen ? (error as Error).message : error);
    process.exitCode = error instanceof AppError ? ERRORS[error.code].exit : 1;
  }
}

function isWrongCall(error: unknown): error is Error {
  if (error instanceof WrongCall || error instanceof ConfigError) return true;
  return error instanceof TypeError && ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false);
}

/**
 * Runs a command with the container, and a context in which the system acts under the command's name.
 * @param notInProduction why the command is refused in production, and on a database that has served production
 */
export async function withSystem<T>(
  name: string,
  work: (ctx: Context, container: Container) => Promise<T>,
  notInProduction?: string,
): Promise<T> {
  loadEnvFile();
  const config = readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET });
  if (notInProduction && config.environment === 'production') throw new Refusal(notInProduction);
  const container = await createContainer(config, createLogger('silent', name));
  try {
    const ctx = container.context({ kind: 'system', name }, name);
    if (notInProduction && (await hasServedProduction(ctx))) throw new Refusal(`${notInProduction} This database has served production.`);
    return await work(ctx, container);
  } finally {
    await container.close();
  }
}
