import type { DocumentContent } from '@assay/core';
import type { Response } from 'express';

const EXTENSIONS: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Always a download: it is a stranger's file, and never shown in a page. @param name of the file, before its number */
export function sendDocument({ id, type, content }: DocumentContent, res: Response, name = 'document'): void {
  res
    .setHeader('Content-Type', type)
    .setHeader('Content-Length', content.byteLength)
    .setHeader('Content-Disposition', `attachment; filename="${name}-${id}.${EXTENSIONS[type] ?? 'bin'}"`)
    .setHeader('Cache-Control', 'no-store')
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
    .setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.end(content);
}
