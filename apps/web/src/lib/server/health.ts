import { RELEASE_NAME } from '@assay/runtime';

/** An answer of the web server itself, not of a page. */
export interface HealthAnswer {
  status: number;
  body: object;
}

/** A health checker is to learn that the API hangs, and not to hang with it. */
const API_WITHIN_MS = 2000;

/**
 * /livez touches nothing. /ready (and /readyz) says whether visitors may be sent here: not when the process is about to stop; the
 * API being away is no reason, the pages say so themselves. /health asks the API, once for all who ask at the same time;
 * /health?strict=1 is healthy only where each part of the API is.
 * @returns null for any other path; the release and the parts only where the caller may see them (`seesParts`)
 */
export function healthEndpoints(
  apiUrl: string,
  isServing: () => boolean,
): (path: string, query?: string, seesParts?: boolean) => Promise<HealthAnswer> | null {
  const ask = async (question: string) => {
    try {
      const answer = await fetch(`${apiUrl}${question}`, { redirect: 'error', signal: AbortSignal.timeout(API_WITHIN_MS) });
      await answer.body?.cancel();
      return { api: true, apiReady: answer.ok };
    } catch {
      return { api: false, apiReady: false };
    }
  };
  const running = new Map<string, ReturnType<typeof ask>>();
  const look = (question: string) => {
    const known = running.get(question) ?? ask(question).finally(() => running.delete(question));
    running.set(question, known);
    return known;
  };
  const timestamp = () => new Date().toISOString();

  return (path, query = '', seesParts = false) => {
    switch (path) {
      case '/livez':
        return Promise.resolve({ status: 200, body: { status: 'alive' } });
      case '/ready':
      case '/readyz': {
        const state = isServing() ? { status: 'ready' } : { status: 'not ready', reason: 'draining' };
        return Promise.resolve({ status: isServing() ? 200 : 503, body: { ...state, timestamp: timestamp() } });
      }
      case '/health':
        return look(new URLSearchParams(query).get('strict') === '1' ? '/health?strict=1' : '/readyz').then((checks) => {
          const healthy = checks.apiReady;
          return {
            status: healthy ? 200 : 503,
            body: {
              status: healthy ? 'healthy' : 'unhealthy',
              timestamp: timestamp(),
              ...(seesParts && { release: RELEASE_NAME, checks }),
            },
          };
        });
      default:
        return null;
    }
  };
}
