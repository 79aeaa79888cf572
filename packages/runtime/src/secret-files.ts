import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { HOME } from './release.ts';
import { describeSystemError } from './system-error.ts';

type Environment = Record<string, string | undefined>;

const SUFFIX = '_FILE';
/** Read, write and run, by users other than the owner and the group. */
const BY_OTHERS = 0o007;

/**
 * Takes variables from files that NAME_FILE names, as managers of secrets provide them (Docker, Kubernetes, the agent of Vault): the value
 * is the file without the white space at its end. Relative paths start at the deployment's folder. An empty variable is an absent one:
 * `FOO=` in an .env file.
 * @param names the variables that may be in a file
 * @returns the environment with the values, without NAME_FILE; and a sentence for each file that is refused, without its content
 */
export function readSecretFiles(given: Environment, names: readonly string[]): { environment: Environment; problems: string[] } {
  const environment: Environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const problems: string[] = [];
  for (const name of names) {
    const variable = name + SUFFIX;
    const file = environment[variable];
    delete environment[variable];
    if (!file) continue;
    try {
      if (environment[name]) throw new Error(`and ${name} are both set: remove one`);
      environment[name] = readSecret(path.resolve(HOME, file));
    } catch (error) {
      problems.push(`${variable} ${describeSystemError(error) ?? (error as Error).message}`);
    }
  }
  return { environment, problems };
}

/** @throws Error that says what is wrong with the file */
function readSecret(file: string): string {
  if (process.platform !== 'win32' && statSync(file).mode & BY_OTHERS)
    throw new Error('names a file that each user of this machine can use: chmod o= takes that away');
  const value = readFileSync(file, 'utf8').trimEnd();
  if (value === '') throw new Error('names an empty file');
  return value;
}
