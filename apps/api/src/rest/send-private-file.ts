import type { Response } from 'express';

/** A file that is for its reader alone. */
export interface PrivateFile {
  /** As the browser saves it. */
  name: string;
  type: string;
  content: Uint8Array;
}

/** Always a download: it is never kept by caches, and never shown in a page. */
export function sendPrivateFile(res: Response, { name, type, content }: PrivateFile): void {
  res
    .setHeader('Content-Type', type)
    .setHeader('Content-Length', content.byteLength)
    .setHeader('Content-Disposition', `attachment; filename="${name}"`)
    .setHeader('Cache-Control', 'no-store')
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
    .setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.end(content);
}
