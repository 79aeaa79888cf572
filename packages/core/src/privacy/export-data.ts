import type { OwnerProof } from '@assay/contract';
import { readOwnEvidence } from '../disputes/files.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import type { Context } from '../kernel/context.ts';
import { inTurns } from '../kernel/turns.ts';
import { readOwnDocument } from '../verification/documents.ts';
import { toExported } from './export-rows.ts';
import type { ExportRow } from './ports.ts';

const PAGE = 200;
/** Rows that are written in one piece. */
const ROWS = 50;

/** One file of an export. Its content is read once, when its turn comes. */
export interface ExportedFile {
  name: string;
  /** Its content is compressed already. */
  packed: boolean;
  content: AsyncIterable<string | Uint8Array>;
}

/**
 * Everything that is kept about me, file by file, and the files of my pictures and documents. It is read while it is sent: never all of it is
 * in memory, and other requests go on meanwhile. What is written during that time may be in it or not.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function exportMyData(ctx: Context, proof: OwnerProof): Promise<AsyncIterable<ExportedFile>> {
  const proven = await proveOwner(ctx, proof);
  await ctx.change(async (tx) => {
    await lockProven(tx, proven);
    await tx.audit('account.exported', 'user', proven.id);
    tx.securityEvent('data-exported');
  });
  return filesOf(ctx, proven.id);
}

async function* filesOf(ctx: Context, userId: number): AsyncGenerator<ExportedFile> {
  /** Pictures and documents that the files before have named. */
  const named: ExportedFile[] = [];
  for (const file of ctx.repos.privacy.exportFiles) {
    const note = (row: ExportRow) => void named.push(...filesOfRow(ctx, userId, file, row));
    yield { name: `${file}.json`, packed: false, content: jsonOf(ctx, userId, file, note) };
    yield* named.splice(0);
  }
}

/** The rows of a file as a JSON array, a row in each line. */
async function* jsonOf(ctx: Context, userId: number, file: string, note: (row: ExportRow) => void): AsyncGenerator<string> {
  const giveWay = inTurns();
  let before = '[';
  let after: string | number | null = null;
  do {
    const page = await ctx.repos.privacy.exportPage(file, userId, after, PAGE);
    for (let i = 0; i < page.rows.length; i += ROWS) {
      const rows = page.rows.slice(i, i + ROWS);
      rows.forEach(note);
      yield before + rows.map((row) => `\n${JSON.stringify(toExported(row))}`).join(',');
      before = ',';
      await giveWay();
    }
    after = page.rows.length < PAGE ? null : page.last;
  } while (after !== null);
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** The files that a row of the export stands for. */
function filesOfRow(ctx: Context, userId: number, file: string, row: ExportRow): ExportedFile[] {
  if (file === 'images' && row.status === 'ready' && row.deletedAt === null) return [imageFile(ctx, row.id as number)];
  if (file === 'disputes') {
    const files = row.files as { id: number; type: string; uploaderId: number; storedAt: Date | null; deletedAt: Date | null }[];
    const own = files.filter((each) => each.uploaderId === userId && each.storedAt !== null && each.deletedAt === null);
    return own.map(({ id, type }) => evidenceFile(ctx, id, type));
  }
  if (file !== 'verifications') return [];
  const documents = row.documents as { id: number; type: string; deletedAt: Date | null }[];
  return documents.filter(({ deletedAt }) => deletedAt === null).map(({ id, type }) => documentFile(ctx, id, type));
}

/** The largest size of a picture: the uploaded file itself is deleted once its sizes are made. */
const imageFile = (ctx: Context, id: number): ExportedFile => ({
  name: `images/${id}.webp`,
  packed: true,
  content: fileContent(async () => {
    const sizes = (await ctx.repos.images.find(id))?.variants.filter(({ format }) => format === 'webp') ?? [];
    const [largest] = sizes.toSorted((a, b) => b.width - a.width);
    return largest ? ctx.services.images.files.read(largest.storageKey) : null;
  }),
});

const documentFile = (ctx: Context, id: number, type: string): ExportedFile => ({
  name: `documents/${id}.${type.split('/').at(-1)}`,
  packed: true,
  content: fileContent(() => readOwnDocument(ctx, id)),
});

const evidenceFile = (ctx: Context, id: number, type: string): ExportedFile => ({
  name: `evidence/${id}.${type.split('/').at(-1)}`,
  packed: true,
  content: fileContent(() => readOwnEvidence(ctx, id)),
});

/** A file in one piece; empty where it was deleted meanwhile. */
async function* fileContent(read: () => Promise<Uint8Array | null>): AsyncGenerator<Uint8Array> {
  const content = await read();
  if (content) yield content;
}
