import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERRORS, problemOf, type Problem } from '@assay/contract';

/** What the web server itself refuses, before a page or the API is asked. */
export type OwnRefusal = 'BAD_REQUEST' | 'NOT_FOUND' | 'PAYLOAD_TOO_LARGE' | 'RATE_LIMITED' | 'REQUEST_TIMEOUT' | 'UNAVAILABLE';

/** When it is worth another try, in seconds. */
const RETRY_S: Partial<Record<OwnRefusal, number>> = { RATE_LIMITED: 2, REQUEST_TIMEOUT: 1, UNAVAILABLE: 3 };

/** Answers with problem details, or with a line of HTML where a browser wants a page. The security headers are there already. */
export function sendRefusal(req: IncomingMessage, res: ServerResponse, requestId: string, code: OwnRefusal): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { message } = ERRORS[code];
  const { title, status, ...rest } = problemOf(code);
  res
    .setHeader('X-Request-Id', requestId)
    .setHeader('Cache-Control', 'no-store')
    .setHeader('Content-Security-Policy', "default-src 'none'");
  if (RETRY_S[code] !== undefined) res.setHeader('Retry-After', String(RETRY_S[code]));
  if (!req.complete) res.setHeader('Connection', 'close'); // what is left of the body is not read
  if (/\btext\/html\b/.test(req.headers.accept ?? '')) {
    const page = `<!doctype html><html lang="en"><title>${title}</title><p>${message}</p><p>Request ${requestId}</p></html>`;
    return send(res, status, 'text/html', page);
  }
  const problem: Problem = { title, status, ...rest, detail: message, requestId };
  send(res, status, 'application/problem+json', JSON.stringify(problem));
}

const send = (res: ServerResponse, status: number, type: string, text: string): void =>
  void res.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(text) }).end(text);
