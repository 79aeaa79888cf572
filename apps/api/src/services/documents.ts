import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import type { DocumentType } from '@assay/contract';
import { AppError, type DocumentServices, type MediaStore } from '@assay/core';
import type { FileSeal } from './sealed-files.ts';

const startsWith = (head: Buffer, text: string, at = 0) => head.subarray(at, at + text.length).toString('latin1') === text;

/** What a file is, by how it begins; null when it is none of these. */
function typeOfHead(head: Buffer): DocumentType | null {
  if (startsWith(head, '%PDF-')) return 'application/pdf';
  if (startsWith(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  return startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8) ? 'image/webp' : null;
}

const SEALED_TYPE = 'application/octet-stream';

/**
 * Sellers' documents: in the same storage as images, under a private prefix. Only what is below `media/` there is public, and keys
 * cannot be guessed. Where there is a key, each is sealed.
 * @param seal null where the operator has set no key
 */
export const openDocuments = (files: MediaStore, seal: FileSeal | null): DocumentServices => ({
  keyId: seal?.keyId ?? null,
  newKey: () => `private/${randomUUID()}`,
  async put(key, from, type) {
    if (seal) await files.put(key, seal.seal(key, await readFile(from)), SEALED_TYPE);
    else await files.putFile(key, from, type);
    return seal?.keyId ?? null;
  },
  async read(key) {
    const stored = await files.read(key);
    return stored && seal ? seal.open(key, stored) : stored;
  },
  async reseal(key) {
    const stored = await files.read(key);
    if (!stored || !seal) return null;
    let sealed: Buffer;
    try {
      sealed = seal.reseal(key, stored);
    } catch {
      return null; // its key is gone
    }
    await files.put(key, sealed, SEALED_TYPE);
    return seal.keyId;
  },
  delete: (key) => files.delete(key),
  async typeOf(file) {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
      const type = typeOfHead(buffer.subarray(0, bytesRead));
      if (!type) throw new AppError('DOCUMENT_TYPE_UNSUPPORTED');
      return type;
    } finally {
      await handle.close();
    }
  },
});
