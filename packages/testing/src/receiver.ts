import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A foreign server that the product talks to: a collector of traces, a webhook. It answers everything with `answer`. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  answer: { status: number; body: string };
  /** Resolves with what `find` gives, as soon as it gives something. */
  when<T>(find: () => T | null | undefined): Promise<T>;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answer = { status: 200, body: '{}' };
  const waiting = new Set<() => void>();
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      received.push({ path: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks).toString() });
      res.writeHead(receiver.answer.status, { 'content-type': 'application/json' }).end(receiver.answer.body);
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer,
    when: (find) =>
      new Promise((resolve) => {
        const look = () => {
          const found = find();
          if (found === null || found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}
