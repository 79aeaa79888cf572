import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { DocumentType } from '@assay/contract';
import { AppError, type DocumentServices, type MediaStore } from '@assay/core';

const startsWith = (head: Buffer, text: string, at = 0) => head.subarray(at, at + text.length).toString('latin1') === text;

/** What a file is, by how it begins; null when it is none of these. */
function typeOfHead(head: Buffer): DocumentType | null {
  if (startsWith(head, '%PDF-')) return 'application/pdf';
  if (startsWith(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(head, '\x89PNG\r\n\x1a\n')) return 'image/png';
  return startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8) ? 'image/webp' : null;
}

/**
 * Sellers' documents: in the same storage as images, under a private prefix. Only what is below `media/` there is public, and keys
 * cannot be guessed.
 */
export const openDocuments = (files: MediaStore): DocumentServices => ({
  newKey: () => `private/${randomUUID()}`,
  put: (key, from, type) => files.putFile(key, from, type),
  read: (key) => files.read(key),
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
