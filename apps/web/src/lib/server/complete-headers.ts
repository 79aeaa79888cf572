import type { ServerResponse } from 'node:http';

const TEXT = /^(text\/|application\/(json|javascript|manifest\+json|xml)|image\/svg\+xml)/;
/** Of pages that have none of their own: error.html, which has its styles in it. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const OTHER_POLICY = "frame-ancestors 'none'";

/** Completes the headers of an answer when they are sent: texts name their charset, all have a policy. */
export function completeHeaders(res: ServerResponse): void {
  const writeHead = res.writeHead.bind(res);
  res.writeHead = (status: number, ...more: unknown[]) => {
    const given = more.find((one) => typeof one === 'object' && one !== null) as Record<string, string | string[]> | undefined;
    for (const [name, value] of Object.entries(given ?? {})) if (value !== undefined) res.setHeader(name, value);
    const type = String(res.getHeader('content-type') ?? '');
    if (TEXT.test(type) && !/charset=/i.test(type)) res.setHeader('Content-Type', `${type}; charset=utf-8`);
    if (!res.hasHeader('content-security-policy'))
      res.setHeader('Content-Security-Policy', type.startsWith('text/html') ? PAGE_POLICY : OTHER_POLICY);
    return writeHead(status);
  };
}
