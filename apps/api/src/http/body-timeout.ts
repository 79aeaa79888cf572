import type { IncomingMessage, ServerResponse } from 'node:http';
import { limitBodyTime } from '@assay/runtime';

const UPLOADS = /^\/api\/v1\/images(\?|$)/;

/** A body that is no upload has to arrive sooner than the server waits for uploads. */
export function limitSmallBodies(req: IncomingMessage, res: ServerResponse, timeoutMs: number): void {
  const { method, url = '', headers } = req;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody && !(method === 'POST' && UPLOADS.test(url))) limitBodyTime(req, res, timeoutMs);
}
