import { connect } from 'node:net';
import type { Context } from '@assay/core';
import { createSeller, picture, runNextTask, runTasks, useProduct, type Seller } from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const { db, api, as, rest } = useProduct('sqlite');
let seller: Seller;
let other: Seller;
beforeAll(async () => {
  seller = await createSeller(db.database);
  other = await createSeller(db.database);
});

const upload = async (who: Seller, content: Uint8Array, path = '/images?purpose=listing') => {
  const answer = await fetch(`${api.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as(who).token}` },
    body: content as NonNullable<RequestInit['body']>,
  });
  return { status: answer.status, body: (await answer.json()) as { id: number; code?: string } };
};

/** An upload that begins and does not end. */
async function begin(who: Seller): Promise<() => void> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(
    `POST /api/v1/images?purpose=listing HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${as(who).token}\r\nContent-Length: 200000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(1000, 1));
  return () => socket.destroy();
}

describe('uploads', () => {
  it('of one account are two at a time; those of others go on', async () => {
    const ends = await Promise.all([begin(seller), begin(seller)]);
    const content = await picture(70, 70, 'png', 3);
    await expect.poll(async () => (await upload(seller, content)).body.code, { timeout: 30_000 }).toBe('RATE_LIMITED');
    expect((await upload(seller, Buffer.from('%PDF-1.7'), '/verification/documents')).status).toBe(429); // documents count too
    expect((await upload(other, content)).status).toBe(201);
    for (const end of ends) end();
    await expect.poll(async () => (await upload(seller, content)).status, { timeout: 30_000 }).toBe(201);
  });
});

describe('an import', () => {
  it('of an account is one at a time; those of others go on', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(
      `POST /api/v1/listings/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${as(seller).token}\r\nContent-Type: text/csv\r\nContent-Length: 2000\r\n\r\ntitle`,
    );
    const send = (who: Seller) =>
      rest.post('/listings/import', undefined, { ...as(who), raw: 'title,currency\nBowl,EUR\n', headers: { 'content-type': 'text/csv' } });
    await expect.poll(async () => (await send(seller)).status, { timeout: 30_000 }).toBe(429);
    expect((await send(other)).status).toBe(200);
    socket.destroy();
    await expect.poll(async () => (await send(seller)).status, { timeout: 30_000 }).toBe(200);
  });
});

describe('images of one account', () => {
  let laterMs = 0;

  /** Renders images, each of which takes so long, and says in which order they are made. @param owners in the order of their uploads */
  async function madeOf(owners: readonly Seller[], eachMs: number, seed: number): Promise<number[]> {
    await runTasks(api.container, 'image.render');
    laterMs += 60_000; // what was made before is long ago
    const sent: [Seller, number][] = [];
    for (const [i, who] of owners.entries()) sent.push([who, (await upload(who, await picture(80, 80, 'png', seed + i))).body.id]);
    const made: number[] = [];
    // The machine's own time does not count: it would make the images of a busy one slower than they are said to be.
    const from = Date.now();
    const slowly = (ctx: Context): Context => {
      const { images } = ctx.services;
      const codec: typeof images.codec = {
        ...images.codec,
        render: (...input) => {
          laterMs += eachMs;
          return images.codec.render(...input);
        },
      };
      return { ...ctx, now: () => new Date(from + laterMs), services: { ...ctx.services, images: { ...images, codec } } };
    };
    for (let n = 0; n < 30 && made.length < owners.length - 1; n++) {
      await runNextTask(api.container, 'image.render', { laterMs, context: slowly });
      for (const [i, [who, id]] of sent.entries())
        if (!made.includes(i) && (await rest.get(`/images/${id}`, as(who))).body.status === 'ready') made.push(i);
    }
    return made;
  }

  it('of one account give way to an image of another, each time', async () => {
    expect((await madeOf([seller, seller, seller, other], 10_000, 20)).slice(0, 2)).toEqual([0, 3]);
  });

  it('also many small ones give way, once they took as long together', async () => {
    expect((await madeOf([seller, seller, seller, seller, seller, other], 1200, 40)).slice(0, 4)).toEqual([0, 1, 2, 5]);
  });
});
