import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';

/** Something between two servers that can cut them off from each other. */
export interface Front {
  url: string;
  /** The server is gone: connections end without an answer. */
  down: boolean;
  /** Changes what is at a path on its way. */
  edit: ((path: string, body: string) => string) | null;
  close: () => Promise<void>;
}

export async function openFront(target: string): Promise<Front> {
  const to = new URL(target);
  const ask = ({ url, method, headers: { 'if-none-match': tag, ...headers } }: IncomingMessage) =>
    request({
      host: to.hostname,
      port: to.port,
      path: url,
      method,
      // What is edited is asked for whole: the other side would say that it has not changed.
      headers: { ...headers, 'accept-encoding': 'identity', ...(tag && !front.edit ? { 'if-none-match': tag } : {}) },
      agent: false,
    });
  const server = createServer((req, res) => {
    if (front.down) return void req.socket.destroy();
    const asked = ask(req);
    asked.on('error', () => res.destroy());
    asked.on('response', (answer) => {
      const { edit } = front;
      const headers = { ...answer.headers };
      if (!edit) return void answer.pipe(res.writeHead(answer.statusCode!, headers));
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const whole = Buffer.concat(chunks);
        const text = whole.toString();
        const edited = edit(req.url!, text);
        delete headers['content-length'];
        delete headers['transfer-encoding'];
        if (edited !== text) delete headers.etag;
        res.writeHead(answer.statusCode!, headers).end(edited === text ? whole : edited);
      });
    });
    req.pipe(asked);
  });
  server.on('upgrade', (req: IncomingMessage, socket: Duplex) => {
    if (front.down) return void socket.destroy();
    const asked = ask(req);
    asked.on('error', () => socket.destroy());
    asked.on('response', () => socket.destroy());
    asked.on('upgrade', (answer, upstream) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      for (const end of [socket, upstream]) end.on('error', () => end.destroy());
      socket.pipe(upstream).pipe(socket);
    });
    asked.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    down: false,
    edit: null,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
  return front;
}

/** Pages of their own in front of an API, in a process that ends with the test. */
export async function startWeb(apiUrl: string): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'test', PORT: '0', API_URL: apiUrl, DRAIN_NOTICE_MS: '0', LOG_LEVEL: 'silent' };
  const root = path.join(import.meta.dirname, '../../..');
  const child = spawn(process.execPath, ['apps/web/server.ts'], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => typeof message === 'object' && 'port' in message && resolve(Number(message.port)));
    child.on('exit', (code) => reject(new Error(`The web server ended: ${code}.`)));
  });
  const stop = () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    return gone;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
