import { LIVE_PATH, type LiveMessage, type LiveRequest } from '@assay/contract';
import { WebSocket } from 'ws';

export interface LiveRow {
  name: string;
  /** From sending the rating to receiving the message; the commit is in between. */
  p50Ms: number;
  p95Ms: number;
}

const RATINGS = 200;

/**
 * Measures how long after it was sent a rating reaches an open dashboard.
 * @param rate sends the next rating to an API and resolves when it answers
 */
export async function benchLive(
  sellerId: number,
  listenAt: string,
  sendTo: [name: string, url: string][],
  rate: (url: string) => Promise<void>,
): Promise<LiveRow[]> {
  const socket = new WebSocket(`${listenAt.replace('http', 'ws')}${LIVE_PATH}`);
  let arrived = () => {};
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ subscribe: 'seller', sellerId } satisfies LiveRequest)));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as LiveMessage;
      if (message.type === 'event') arrived();
      else if (message.type === 'subscribed') resolve();
      else if (message.type === 'refused') reject(new Error(message.message));
    });
  });
  const rows: LiveRow[] = [];
  for (const [name, url] of sendTo) {
    const times: number[] = [];
    for (let i = 0; i < RATINGS; i++) {
      const from = performance.now();
      const received = new Promise<void>((resolve) => (arrived = resolve));
      await Promise.all([rate(url), received.then(() => times.push(performance.now() - from))]);
    }
    const sorted = times.toSorted((a, b) => a - b);
    rows.push({ name, p50Ms: sorted[Math.floor(RATINGS / 2)]!, p95Ms: sorted[Math.floor(RATINGS * 0.95)]! });
  }
  socket.close();
  return rows;
}
