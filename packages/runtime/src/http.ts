import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request id that is taken from a caller. */
export const REQUEST_ID = /^[\w.-]{8,64}$/;

/** How long an upload may take to arrive: 10 MB over a slow mobile line. */
export const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/** Whether a request has a body, of a length that it names or not. */
export const hasBody = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * A server's own time-out is one for all requests: this is one for the body of this request.
 * @param refuse answers 408; the connection is closed then
 */
export function limitBodyTime(req: IncomingMessage, res: ServerResponse, timeoutMs: number, refuse: () => void): void {
  const timer = setTimeout(() => {
    if (req.complete) return;
    if (res.headersSent) req.destroy();
    else {
      res.setHeader('Connection', 'close');
      refuse();
    }
  }, timeoutMs);
  const clear = () => clearTimeout(timer);
  res.on('close', clear);
  req.on('end', clear);
}
