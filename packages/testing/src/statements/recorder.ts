import { appendFileSync } from 'node:fs';
import { subscribe } from 'node:diagnostics_channel';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SentStatement, STATEMENT_CHANNEL } from '@assay/database';
import { canonicalSql } from './canonical.ts';
import { senderOf } from './sender.ts';

/** Folder for the files of all processes: `npm test` sets it, and reads them at the end. */
const VARIABLE = 'TEST_STATEMENTS_DIR';

/** Written out: a child process must load nothing of the product before its own code does. */
const CHANNEL: typeof STATEMENT_CHANNEL = 'assay:statement';

const known = new Set<string>();
let recording = false;

/** Writes down what this process sends to a SQL Server from now on, if `npm test` has named a folder for it. */
export function recordStatements(folder = process.env[VARIABLE]): void {
  if (!folder || recording) return;
  recording = true;
  const file = path.join(folder, `${process.pid}.sql`);
  subscribe(CHANNEL, (message) => {
    const { sql, stack } = message as SentStatement;
    const sender = stack === undefined ? 'Prisma' : senderOf(stack);
    if (sender === null || isKnown(`${sender} ${sql}`)) return;
    const written = `-- ${sender}\n${canonicalSql(sql)}\nGO\n`;
    if (!isKnown(written)) appendFileSync(file, written); // at once: tests kill processes
  });
}

function isKnown(text: string): boolean {
  const size = known.size;
  return known.add(text).size === size;
}

/** Environment of a child process that records, too; nothing where this process does not. */
export function recordingVariables(): Record<string, string> {
  const folder = process.env[VARIABLE];
  if (!folder) return {};
  const preload = pathToFileURL(path.join(import.meta.dirname, 'preload.ts')).href;
  return { [VARIABLE]: folder, NODE_OPTIONS: `--import=${preload}` };
}
