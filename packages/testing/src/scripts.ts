import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '@assay/api';

/** How a command ended. */
export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

/**
 * A command of `scripts/` as operators run it: a process of its own, with these variables and no others.
 * @param script the file, such as `migrate.ts`
 * @param onError called with all of its standard error so far, and the process
 */
export function runScript(
  script: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
  onError: (text: string, child: ChildProcess) => void = () => {},
): Promise<Run> {
  const env = { PATH: process.env.PATH ?? '', ...variables };
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', script), ...args], { cwd: ROOT, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => onError((stderr += chunk.toString()), child));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}
