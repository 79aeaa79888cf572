import type { IncomingMessage, ServerResponse } from 'node:http';
import { summaryOf, type Histogram } from '@assay/contract';
import type { Container } from '../container.ts';
import { isFresh } from './conditional.ts';
import { beginExchange, inExchange, type OnAnswer } from './exchange.ts';
import { addressKey, rateLimitHeaders, type Limits } from './limits.ts';
import { securityHeaders } from './security.ts';

interface Rendered {
  etag: string;
  body: string;
  length: string;
}

const ENDPOINT = 'GET /api/v1/ratings/seller/:id/summary';
const PATH = /^\/api\/v1\/ratings\/seller\/([1-9]\d{0,8})\/summary$/;

/**
 * The badge's numbers are asked for more often than anything else, so they have a way of their own in front of Express:
 * the same answer, limits and headers, without the middleware. Unusual requests (a token, a cookie, an unknown seller,
 * a spent budget) are left to the ordinary route.
 * @returns true when the request is taken care of; `address` is the visitor's, as far as trusted proxies say
 */
export function hotSummary(
  container: Container,
  onAnswer: OnAnswer,
  { readLimiter }: Limits,
): (req: IncomingMessage, res: ServerResponse, address: string, pass: () => void) => boolean {
  const { repos, log, flags } = container;
  const headersOf = (secure: boolean) =>
    Object.entries({
      ...securityHeaders(secure),
      'Cache-Control': 'public, no-cache',
      'Content-Type': 'application/json; charset=utf-8',
    }).flat();
  const [plain, behindTls] = [headersOf(false), headersOf(true)];

  // Requests of one turn of the event loop share one read, and with it one rendered answer.
  const rendered = new WeakMap<Histogram, Rendered>();
  const render = (id: number, histogram: Histogram): Rendered => {
    const known = rendered.get(histogram);
    if (known) return known;
    const body = JSON.stringify(summaryOf(id, histogram));
    // The numbers are the histogram's and nothing else's: so is their entity tag.
    const fresh = { etag: `"${id}.${Object.values(histogram).join('.')}"`, body, length: String(Buffer.byteLength(body)) };
    rendered.set(histogram, fresh);
    return fresh;
  };

  return (req, res, address, pass) => {
    const id = req.method === 'GET' && PATH.exec(req.url ?? '')?.[1];
    const { headers } = req;
    if (!id || headers.authorization !== undefined || headers.cookie !== undefined) return false;

    const exchange = beginExchange(req, res, log, onAnswer);
    exchange.endpoint = ENDPOINT;
    exchange.address = address;
    const always = headers['x-forwarded-proto'] === 'https' ? behindTls : plain; // of a stranger it is empty by now
    const answer = async () => {
      // These callers are anonymous: one answer is right for all of them.
      if (!(await flags.isOnForStrangers('seller-ratings'))) return pass();
      const histogram = await repos.ratings.histogram(Number(id));
      const budget = histogram && (await rateLimitHeaders(readLimiter, addressKey(address)));
      if (!budget) return pass();
      const { etag, body, length } = render(Number(id), histogram);
      const own = ['X-Request-Id', exchange.requestId, 'ETag', etag, ...budget];
      if (isFresh(req, etag)) res.writeHead(304, [...always, ...own]).end();
      else res.writeHead(200, [...always, ...own, 'Content-Length', length]).end(body);
    };
    inExchange(exchange, () => {
      answer().catch((error: unknown) => {
        log.error({ requestId: exchange.requestId, err: error }, 'failed');
        pass();
      });
    });
    return true;
  };
}
