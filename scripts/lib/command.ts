import { ConfigError } from '@assay/api';
import { ERRORS } from '@assay/contract';
import { AppError } from '@assay/core';

/** A command was called wrongly: the message says how. */
export class WrongCall extends Error {}

/**
 * Runs a command to its exit code: 0 or what it returns; 2 for a wrong call or configuration; 1 for what may happen
 * (`expected`), with its message alone; the code of ERRORS for a refusal of a use case; 1 for anything else, with all that is
 * known of it.
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
    const foreseen = [AppError, ...expected].some((kind) => error instanceof kind);
    console.error(foreseen ? (error as Error).message : error);
    process.exitCode = error instanceof AppError ? ERRORS[error.code].exit : 1;
  }
}

function isWrongCall(error: unknown): error is Error {
  if (error instanceof WrongCall || error instanceof ConfigError) return true;
  return error instanceof TypeError && ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false);
}
