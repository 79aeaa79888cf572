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

/** A host and a port as a Host header may have them (RFC 9110, RFC 3986); it may be empty. */
const HOST = /^(?:\[[\da-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d{0,5})?$/i;

/**
 * Whether a request names one host at most, and one that can be read. Servers answer 400 otherwise (RFC 9112, section 3.2): with two, a
 * proxy and the server behind it may each believe another one. Node itself answers 400 where there is none.
 */
export function hasValidHost({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (++hosts > 1 || !HOST.test(rawHeaders[i + 1]!)) return false;
  }
  return true;
}
