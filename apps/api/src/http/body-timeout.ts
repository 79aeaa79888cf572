import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long an upload may take to arrive: 10 MB over a slow mobile line. */
export const UPLOAD_TIMEOUT_MS = 10 * 60_000;
const UPLOADS = /^\/api\/v1\/images(\?|$)/;

/** The server's own time-out is one for all requests: a body that is no upload has to arrive sooner, or is answered 408. */
export function limitBodyTime(req: IncomingMessage, res: ServerResponse, timeoutMs: number): void {
  const { method, url = '', headers } = req;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody || (method === 'POST' && UPLOADS.test(url))) return;
  const timer = setTimeout(() => {
    if (req.complete) return;
    if (res.headersSent) req.destroy();
    else res.writeHead(408, { Connection: 'close' }).end();
  }, timeoutMs);
  res.on('close', () => clearTimeout(timer));
  req.on('end', () => clearTimeout(timer));
}
