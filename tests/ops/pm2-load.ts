import http from 'node:http';
import { LIVE_PATH, type LiveMessage } from '@assay/contract';
import { WebSocket } from 'ws';

/** A pause that leaves the machine time to start processes: the test counts failures, not throughput. */
const THINK_MS = 100;
/** How long Node's client keeps an idle connection: the server's hint of 3 s, less a second. See drain.ts. */
const KEPT_MS = 2000;

export interface Load {
  /** How many were answered as they should be. */
  readonly good: () => number;
  /** What was not, in words. */
  readonly failures: string[];
  /** Lets requests that are under way end. */
  stop(): Promise<void>;
}

interface Ask {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** One request by Node's own client, which does not try again. */
export function ask({ url, method = 'GET', headers = {}, body }: Ask, agent: http.Agent | false, timeoutMs = 30_000): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (answer) => {
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.statusCode!));
      answer.resume();
    });
    request.setTimeout(timeoutMs, () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
}

/**
 * Clients that ask one thing after another, on kept connections and on new ones.
 * @param clients what each of them asks next; null when it has nothing more
 */
export function startLoad(clients: { kept: boolean; expect: number; next: () => Ask | null; onGood?: () => void }[]): Load {
  const failures: string[] = [];
  let good = 0;
  const stopping = new AbortController();
  const running = clients.map(async ({ kept, expect, next, onGood }) => {
    const open = () => kept && new http.Agent({ keepAlive: true, maxSockets: 1 });
    let agent = open();
    let answeredAt = performance.now();
    while (!stopping.signal.aborted) {
      const request = next();
      if (!request) return;
      // A client that the machine left no time did not see its own time-out of an idle connection.
      if (agent && performance.now() - answeredAt > KEPT_MS) {
        agent.destroy();
        agent = open();
      }
      try {
        const status = await ask(request, agent);
        if (status === expect) good += 1;
        else failures.push(`${status} ${request.url}`);
        if (status === expect) onGood?.();
      } catch (error) {
        failures.push(`${String(error)} ${request.method ?? 'GET'} ${request.url} ${kept ? 'kept' : 'new'}`);
      }
      answeredAt = performance.now();
      await new Promise((resolve) => setTimeout(resolve, THINK_MS));
    }
    if (agent) agent.destroy();
  });
  return {
    good: () => good,
    failures,
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** A page that listens to a seller. */
export async function openSocket(url: string, sellerId: number): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${LIVE_PATH}`);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ subscribe: 'seller', sellerId })));
    socket.on('message', (data: Buffer) => (JSON.parse(data.toString()) as LiveMessage).type === 'subscribed' && resolve());
    void closed.then((code) => reject(new Error(`closed with ${code}`)));
  });
  return { socket, closed };
}
