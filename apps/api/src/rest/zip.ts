import { Readable } from 'node:stream';
import type { ExportedFile } from '@assay/core';
import { ZipFile } from 'yazl';

/** Files as a ZIP archive, piece by piece: one file is read at a time, as fast as its receiver takes it. */
export async function* zipOf(files: AsyncIterable<ExportedFile>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | null = null;
  const add = ({ name, packed, content }: ExportedFile) =>
    new Promise<void>((resolve, reject) => {
      zip.addReadStreamLazy(name, { compress: !packed }, (give) => {
        current = Readable.from(content).once('end', resolve).once('error', reject);
        give(null, current);
      });
    });
  const addAll = async () => {
    for await (const file of files) await add(file);
    zip.end();
  };
  zip.on('error', (error: Error) => output.destroy(error));
  addAll().catch((error: unknown) => output.destroy(error as Error));
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    (current as Readable | null)?.destroy();
  }
}
