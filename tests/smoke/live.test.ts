import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { address, hasRatings, someSellers } from './address.ts';

/** Opens a WebSocket, sends what is given, and returns the first message. */
function firstMessage(path: string, request?: object): Promise<{ type: string; channel?: string }> {
  const socket = new WebSocket(address.replace(/^http/, 'ws') + path, { handshakeTimeout: 15_000 });
  return new Promise<{ type: string }>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`${path} was closed with ${code}`)));
    socket.on('open', () => request && socket.send(JSON.stringify(request)));
    socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as { type: string }));
  }).finally(() => socket.close());
}

describe('live updates', () => {
  it('a WebSocket opens at /api/live, and subscribes', async () => {
    expect(await firstMessage('/api/live', { subscribe: 'flags' })).toMatchObject({ type: 'subscribed', channel: 'flags' });
  });

  it('at the addresses of the founding documents, too', async () => {
    expect(await firstMessage('/seller/ws', { subscribe: 'flags' })).toMatchObject({ type: 'subscribed' });
    const [seller] = (await hasRatings()) ? await someSellers() : [];
    if (seller) expect(await firstMessage(`/seller/${seller.id}`)).toMatchObject({ type: 'subscribed', channel: `seller:${seller.id}` });
  });

  it('a channel of an account is refused without one', async () => {
    expect(await firstMessage('/api/live', { subscribe: 'account' })).toMatchObject({ type: 'refused', channel: 'account' });
  });
});
