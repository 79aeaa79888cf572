import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchRate } from './least-rate.ts';

const WINDOW_MS = 200;
const slow: string[] = [];
const server = createServer((req, res) => {
  const end = watchRate(req, () => slow.push(req.url!), WINDOW_MS);
  req.resume().on('end', () => {
    end();
    res.end();
  });
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

function begin(path: string): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  return new Promise((resolve) => {
    socket.on('connect', () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n`);
      resolve(socket);
    });
  });
}
const pour = (socket: Socket, bytes: number, everyMs: number) => setInterval(() => void socket.write(Buffer.alloc(bytes)), everyMs);

it('a body that drips is given up, one that flows is not', async () => {
  const sockets = [await begin('/drips'), await begin('/stands-still'), await begin('/flows')];
  const timers = [pour(sockets[0]!, 100, 10), pour(sockets[2]!, 128 * 1024, 10)];
  await expect.poll(() => slow.toSorted()).toEqual(['/drips', '/stands-still']);
  await new Promise((resolve) => setTimeout(resolve, 2 * WINDOW_MS));
  expect(slow).toHaveLength(2); // each once, and the other never
  for (const timer of timers) clearInterval(timer);
  for (const socket of sockets) socket.destroy();
});
