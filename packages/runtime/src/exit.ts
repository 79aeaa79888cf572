const PATIENCE_MS = 2000;

/**
 * Ends the process when what it has written is out. Under PM2, standard output and error are files that are written behind:
 * `process.exit()` alone loses the last lines, which are the ones that say why.
 */
export function exitWhenWritten(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(), PATIENCE_MS);
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
