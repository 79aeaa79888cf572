import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { within } from './within.ts';

it('an answer that arrived while the process was busy is in time', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [[peer]] = (await Promise.all([once(server, 'connection'), once(socket, 'connect')])) as [[Socket], unknown];
  const answer = within(20, once(socket, 'data'));
  peer.end('pong');
  for (const until = performance.now() + 60; performance.now() < until;);
  expect(String((await answer)[0])).toBe('pong');
  server.close();
});

it('an answer that never comes is an error', async () => {
  await expect(within(10, new Promise(() => {}))).rejects.toThrow('no answer within 10 ms');
});
