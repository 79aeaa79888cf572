/** What a JSON body has at most, in bytes. */
export const JSON_BYTES_MAX = 65_536;

/** Where an image or a document is uploaded, as a raw body or in a form. */
export const UPLOAD_PATHS: readonly string[] = ['/api/v1/images', '/api/v1/verification/documents', '/api/v1/disputes/files'];
/** Where a body may be large: it is passed on as it arrives. Everywhere else it is small, and passed on when it is complete. */
export const LARGE_BODY_PATHS: readonly string[] = [...UPLOAD_PATHS, '/api/v1/listings/import', '/api/v1/payouts/statements'];

/** The encoding that the mark at the start of a file names; null where there is none, or that of UTF-8. */
export function utf16Mark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}
