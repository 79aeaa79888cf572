import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import type { TaskEnd } from '@assay/api';
import type { AttachedImages, ImageState, ListingView, SellerPageData } from '@assay/contract';
import { unifiedImageService, type Context } from '@assay/core';
import {
  animation,
  createPerson,
  createSeller,
  look,
  onEachEngine,
  photograph,
  picture,
  rawPng,
  runNextTask,
  runTasks,
  spawnApi,
  useProduct,
  type Answer,
  type Seller,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LIMIT = 300_000;

onEachEngine('images', (engine) => {
  const { db, api, rest, as } = useProduct(engine, { SELLER_IMAGE_UPLOAD_MAX_SIZE: String(LIMIT) });
  let seller: Seller;

  const send = async (content: Uint8Array | ReadableStream, query: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${api.url}/api/v1/images?${query}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${as(seller).token}`, ...headers },
      body: content as NonNullable<RequestInit['body']>,
      ...({ duplex: 'half' } as object),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  };
  const upload = async (content: Uint8Array, query = 'purpose=listing'): Promise<ImageState> => {
    const answer = await send(content, query);
    expect(answer.body).toMatchObject({ id: expect.any(Number) });
    expect(answer.status).toBe(201);
    return answer.body as ImageState;
  };
  /** The system, as a process of its own, some time from now. */
  const system = (laterMs = 0): Context =>
    api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, () => new Date(Date.now() + laterMs));
  const processAll = (laterMs = 0) => runTasks(api.container, 'image.render', { laterMs });
  const stateOf = async ({ id }: { id: number }) => (await rest.get(`/images/${id}`, as(seller))).body as ImageState;
  const place = (subjectId = seller.listingId, purpose = 'listing') => `/images/of/${purpose}/${subjectId}`;
  const attached = async (where = place(), who: { token?: string } = as(seller)) =>
    ((await rest.get(where, who)).body as AttachedImages).items;

  const directory = () => api.container.config.images.directory;
  /** Those of images. Invoices are beside them: a process that the suite starts makes those of its orders. */
  const files = (): string[] => {
    const below = (folder: string): string[] =>
      readdirSync(path.join(directory(), folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? below(path.posix.join(folder, entry.name)) : [path.posix.join(folder, entry.name)],
      );
    return below('.')
      .filter((file) => !file.startsWith('private/invoices/'))
      .sort();
  };
  /** Every file has its row, and every row its file. */
  const agree = async () => {
    const originals = await db.database.prisma.image.findMany({ where: { originalKey: { not: null } } });
    const variants = await db.database.prisma.imageVariant.findMany();
    const known = [...originals.map(({ originalKey }) => originalKey!), ...variants.map(({ storageKey }) => storageKey)];
    expect(files()).toEqual(known.sort());
    return known.length;
  };
  const media = (url: string, headers: Record<string, string> = {}) => fetch(`${api.url}${url}`, { headers });
  const anew = async () => {
    await db.database.prisma.imageUse.deleteMany();
    await unifiedImageService.clean(system(3 * DAY_MS));
    seller = await createSeller(db.database);
  };

  beforeAll(async () => {
    seller = await createSeller(db.database);
    expect(await api.container.images.check()).toBe(true);
  });

  describe('from upload to page', () => {
    it('a photograph becomes upright, small and nameless, in two formats, and is kept by browsers for ever', async () => {
      const { id, ...sent } = await upload(await photograph(), `purpose=listing&subjectId=${seller.listingId}&alt=A%20bowl`);
      expect(sent).toMatchObject({ status: 'uploaded', failure: null, image: null });
      expect(await attached()).toMatchObject([{ id, alt: 'A bowl', status: 'uploaded' }]);
      expect(await attached(place(), {})).toEqual([]); // not for others yet
      await processAll();

      const { image } = await stateOf({ id });
      expect(image).toMatchObject({ id, width: 600, height: 800, blur: expect.stringMatching(/^data:image\/webp;base64,.{40,600}$/) });
      expect(image!.sources.map(({ type, width }) => [type, width])).toEqual([
        ['image/avif', 320],
        ['image/avif', 600],
        ['image/webp', 320],
        ['image/webp', 600],
      ]);
      for (const { type, url, width } of image!.sources) {
        const answer = await media(url);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
        const content = Buffer.from(await answer.arrayBuffer());
        const top = await look(content);
        const bottom = await look(content, { x: 0, y: 1 });
        expect([top.metadata.width, top.metadata.space, top.metadata.exif, top.metadata.orientation]).toEqual([
          width,
          'srgb',
          undefined,
          undefined,
        ]);
        expect([top.colour[0]! > 150, bottom.colour[2]! > 150]).toEqual([true, true]); // red is up
        expect(content.includes('SECRETCAM')).toBe(false);
      }
      expect(files().filter((file) => !file.startsWith('media/'))).toEqual([]); // nor does the file itself stay
      expect(await agree()).toBe(4);

      const listing = (await rest.get(`/listings/${seller.listingId}`)).body as ListingView;
      expect(listing.image).toEqual({ ...image, alt: 'A bowl' });
      expect(await attached(place(), {})).toMatchObject([{ id, alt: 'A bowl', image: listing.image }]);
    });

    it('the pictures of a draft or an archived listing are there for its seller alone, as the listing is', async () => {
      const asked = async (who: { token?: string }) => {
        const input = encodeURIComponent(JSON.stringify({ purpose: 'listing', subjectId: seller.listingId }));
        const headers = who.token ? { authorization: `Bearer ${who.token}` } : {};
        const [own, listing, trpc] = await Promise.all([
          rest.get(place(), who),
          rest.get(`/listings/${seller.listingId}`, who),
          fetch(`${api.url}/trpc/images.of?input=${input}`, { headers }),
        ]);
        return [own.status, listing.status, trpc.status, own.body.code];
      };
      const stranger = as(await createPerson(db.database));
      const admin = as(await createPerson(db.database, ['admin']));
      const setStatus = (status: string) =>
        db.database.prisma.sellerListing.updateMany({ where: { id: seller.listingId }, data: { status } });
      for (const status of ['draft', 'archived']) {
        await setStatus(status);
        for (const who of [{}, stranger, admin]) expect(await asked(who)).toEqual([404, 404, 404, 'LISTING_NOT_FOUND']);
        expect(await asked(as(seller))).toEqual([200, 200, 200, undefined]);
      }
      for (const status of ['paused', 'sold', 'active']) {
        await setStatus(status);
        for (const who of [{}, stranger, as(seller)]) expect(await asked(who)).toEqual([200, 200, 200, undefined]);
      }
      expect((await rest.get(place(999_999_999))).status).toBe(404);
    });

    it('is served with strict headers, to known names only', async () => {
      const [{ image }] = (await attached()) as [AttachedImages['items'][number]];
      const { url } = image!.sources[0]!;
      const answer = await media(url);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      });
      const unchanged = await media(url, { 'if-none-match': answer.headers.get('etag')! });
      expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
      const name = url.slice('/media/'.length);
      for (const other of [
        name.replace('.avif', '.png'),
        name.replace(/-[0-9a-f]/, '-0f').slice(0, name.length),
        `..%2F..%2Ftest.db`,
        `%2e%2e/%2e%2e/test.db`,
        `..%5C..%5Ctest.db`,
        'originals%2Fx',
        `${name}%00.png`,
        `media/${name}`,
        '',
      ])
        expect((await media(`/media/${other}`)).status, other).toBe(404);
    });

    it('an order shows the first picture of its listing, to its buyer and to its seller', async () => {
      const owner = await createSeller(db.database);
      const buyer = await createPerson(db.database);
      const { body: order } = await rest.post('/orders', { listingId: owner.listingId }, as(buyer));
      expect(order.image).toBeNull();
      const query = `purpose=listing&subjectId=${owner.listingId}&alt=A%20vase`;
      const sent = await fetch(`${api.url}/api/v1/images?${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${as(owner).token}`, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(await picture(400, 500)),
      });
      expect(sent.status).toBe(201);
      await processAll();
      const shown = { alt: 'A vase', width: 400, height: 500 };
      expect((await rest.get(`/orders/${order.id}`, as(buyer))).body.image).toMatchObject(shown);
      expect((await rest.get('/orders?as=buyer', as(buyer))).body.items[0].image).toMatchObject(shown);
      expect((await rest.get('/orders?as=seller', as(owner))).body.items[0].image).toMatchObject(shown);
      expect((await rest.post(`/orders/${order.id}/pay`, undefined, as(buyer))).body.image).toMatchObject(shown);
    });

    it('the same file is the same image, also when it comes many times at once', async () => {
      const content = await picture(200, 150, 'png', 5);
      const sent = await Promise.all(Array.from({ length: 6 }, () => upload(content)));
      expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
      await agree();
      await processAll();
      expect(await upload(content)).toMatchObject({ id: sent[0]!.id, status: 'ready' });
      expect((await upload(content, 'purpose=cover')).id).not.toBe(sent[0]!.id); // another purpose has other sizes
      await processAll();
      await agree();
    });

    it('of a moving picture the first frame stays; transparency stays', async () => {
      for (const format of ['gif', 'webp'] as const) {
        const sent = await upload(await animation(format));
        await processAll();
        const { image } = await stateOf(sent);
        const content = Buffer.from(await (await media(image!.sources.at(-1)!.url)).arrayBuffer());
        const { metadata, colour } = await look(content);
        expect([metadata.pages ?? 1, metadata.width, metadata.height, colour[0]! > 200]).toEqual([1, 64, 48, true]);
      }
    });
  });

  describe('what is no picture', () => {
    const jpeg = () => picture(300, 200);
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><script>alert(1)</script></svg>');
    const zeros = (bytes: number) => Buffer.alloc(bytes);
    const cases: [what: string, content: () => Promise<Buffer> | Buffer, code: string, later?: 'later'][] = [
      ['HTML that calls itself a JPEG', () => html, 'IMAGE_TYPE_UNSUPPORTED'],
      ['an SVG with a script', () => svg, 'IMAGE_TYPE_UNSUPPORTED'],
      ['a PDF', () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj'), 'IMAGE_TYPE_UNSUPPORTED'],
      ['a TIFF', () => Buffer.from('49492a0008000000', 'hex'), 'IMAGE_TYPE_UNSUPPORTED'],
      ['the first bytes of a JPEG, and then HTML', () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), html]), 'IMAGE_BROKEN'],
      ['half a JPEG', async () => (await jpeg()).subarray(0, 3000), 'IMAGE_BROKEN', 'later'],
      ['a PNG whose pixels are missing', () => rawPng(500, 500, zeros(10)), 'IMAGE_BROKEN', 'later'],
      ['a PNG that unpacks to 900 million pixels', () => rawPng(30_000, 30_000, zeros(100_000)), 'IMAGE_TOO_MANY_PIXELS'],
      ['a strip of 1 × 60,000', () => rawPng(1, 60_000, zeros(120_000)), 'IMAGE_TOO_MANY_PIXELS'],
      ['64 million pixels within the sides', () => rawPng(8000, 8000, zeros(1000)), 'IMAGE_TOO_MANY_PIXELS'],
      ['a tracking pixel', () => rawPng(1, 1, zeros(2)), 'IMAGE_TOO_SMALL'],
      ['nothing', () => zeros(0), 'VALIDATION_FAILED'],
    ];

    it.each(cases)('%s is refused, and nothing is left of it', async (_what, content, code, later) => {
      const before = files();
      const answer = await send(await content(), `purpose=listing&subjectId=${seller.listingId}`, { 'content-type': 'image/jpeg' });
      if (later) {
        expect(answer.status).toBe(201);
        await processAll();
        expect(await stateOf(answer.body as ImageState)).toMatchObject({
          status: 'failed',
          failure: { code, message: expect.any(String) },
          image: null,
        });
        expect((await rest.delete(`/images/${answer.body.id}`, as(seller))).status).toBe(204); // takes it out of the listing
      } else expect(answer.body).toMatchObject({ code });
      expect(files()).toEqual(before);
      await agree();
    });

    it('a picture with a web page behind it is a picture, without the page', async () => {
      const sent = await upload(Buffer.concat([await jpeg(), html]));
      await processAll();
      const { image } = await stateOf(sent);
      for (const { url } of image!.sources) expect(Buffer.from(await (await media(url)).arrayBuffer()).includes('<script>')).toBe(false);
    });

    it('a file that is too large is refused, whether it says so or not', async () => {
      const before = files();
      const large = Buffer.alloc(LIMIT + 1, 7);
      expect((await send(large, 'purpose=listing')).body).toMatchObject({ status: 413, code: 'IMAGE_TOO_LARGE' });
      const silent = new ReadableStream({
        start(controller) {
          for (let i = 0; i < 8; i++) controller.enqueue(Buffer.alloc(65_536, i));
          controller.close();
        },
      });
      expect((await send(silent, 'purpose=listing')).body).toMatchObject({ status: 413, code: 'IMAGE_TOO_LARGE' });
      expect(files()).toEqual(before);
    });

    it('an upload that breaks off leaves nothing', async () => {
      const before = files();
      const { hostname, port } = new URL(api.url);
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST /api/v1/images?purpose=listing HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${as(seller).token}\r\nContent-Length: 200000\r\n\r\n`,
      );
      socket.write(Buffer.alloc(50_000, 1));
      await expect.poll(() => files().length).toBe(before.length + 1);
      socket.destroy();
      await expect.poll(() => files()).toEqual(before);
    });
  });

  describe('places', () => {
    it('a listing keeps an order that its owner changes, with words for each image', async () => {
      await anew();
      const ids: number[] = [];
      for (const seed of [1, 2, 3])
        ids.push((await upload(await picture(100, 80, 'png', seed), `purpose=listing&subjectId=${seller.listingId}`)).id);
      await processAll();
      const [a, b, c] = ids as [number, number, number];
      const order = (await rest.patch(place(), { order: [c, a, b] }, as(seller))).body as AttachedImages;
      expect(order.items.map(({ id }) => id)).toEqual([c, a, b]);
      await rest.patch(`${place()}/${c}`, { alt: 'From above' }, as(seller));
      expect((await rest.get(`/listings/${seller.listingId}`)).body.image).toMatchObject({ id: c, alt: 'From above' });
      for (const wrong of [
        [a, b],
        [a, b, c, c],
        [a, b, 999_999],
      ])
        expect((await rest.patch(place(), { order: wrong }, as(seller))).body).toMatchObject({ code: 'EDIT_CONFLICT' });
      await rest.delete(`${place()}/${c}`, as(seller));
      expect((await attached()).map(({ id }) => id)).toEqual([a, b]);
      await rest.post(place(), { imageId: c, alt: 'Back' }, as(seller)); // a day long it can be put back
      expect((await attached()).map(({ id, alt }) => [id, alt])).toEqual([
        [a, ''],
        [b, ''],
        [c, 'Back'],
      ]);
    });

    it('changes at once come one after another: no image is lost or doubled', async () => {
      const ids = (await attached()).map(({ id }) => id);
      const answers = await Promise.all([
        ...[[...ids].reverse(), ids, [ids[1], ids[0], ids[2]]].map((order) => rest.patch(place(), { order }, as(seller))),
        ...ids.map((id) => rest.patch(`${place()}/${id}`, { alt: `No. ${id}` }, as(seller))),
        ...[7, 8].map(async (seed) => send(await picture(50, 50, 'png', seed), `purpose=listing&subjectId=${seller.listingId}`)),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 409].includes(status))).toEqual([]);
      const now = await attached();
      expect(now.length).toBe(ids.length + 2);
      for (const id of ids) expect(now.find((image) => image.id === id)?.alt).toBe(`No. ${id}`);
    });

    it('takes twelve at most', async () => {
      await processAll();
      const answers: number[] = [];
      for (let i = (await attached()).length; i < 14; i++)
        answers.push((await send(await picture(40, 40, 'png', 20 + i), `purpose=listing&subjectId=${seller.listingId}`)).status);
      expect(answers.filter((status) => status === 409).length).toBe(2);
      expect((await attached()).length).toBe(12);
      await processAll();
      await agree();
    });

    it('a new profile image takes the place of the old one when it is ready, and only if it is', async () => {
      const profile = `purpose=profile&subjectId=${seller.id}`;
      const first = await upload(await picture(500, 400, 'webp', 1), profile);
      await processAll();
      const shown = async () => (await rest.get(`/sellers/${seller.id}`)).body.image?.id as number | undefined;
      expect(await shown()).toBe(first.id);
      expect((await stateOf(first)).image).toMatchObject({ width: 384, height: 384 });
      const broken = await upload((await picture(300, 300)).subarray(0, 3000), profile);
      expect(await shown()).toBe(first.id);
      await processAll();
      expect([await shown(), (await stateOf(broken)).status]).toEqual([first.id, 'failed']);
      const second = await upload(await picture(500, 400, 'webp', 2), profile);
      expect(await shown()).toBe(first.id);
      await processAll();
      expect(await shown()).toBe(second.id);
      expect((await attached(place(seller.id, 'profile'))).map(({ id }) => id)).toEqual([second.id]);
      await upload(await picture(900, 300, 'jpeg', 3), `purpose=cover&subjectId=${seller.id}`);
      await processAll();
      const url = `${api.url}/trpc/sellers.page?input=${encodeURIComponent(JSON.stringify({ id: seller.id }))}`;
      const page = ((await (await fetch(url)).json()) as { result: { data: SellerPageData } }).result.data;
      expect([page.cover?.width, page.seller.image?.id]).toEqual([900, second.id]);
    });

    it('belong to their owner alone', async () => {
      const other = await createSeller(db.database);
      const [mine] = await attached();
      const from = as(other);
      const codes = await Promise.all([
        rest.get(`/images/${mine!.id}`, from),
        rest.delete(`/images/${mine!.id}`, from),
        rest.post(place(), { imageId: mine!.id }, from),
        rest.post(place(other.listingId), { imageId: mine!.id }, from),
        rest.patch(place(), { order: [mine!.id] }, from),
        rest.patch(`${place()}/${mine!.id}`, { alt: 'x' }, from),
        rest.delete(`${place()}/${mine!.id}`, from),
        rest.post(place(seller.id, 'profile'), { imageId: mine!.id }, from),
        rest.post(place(seller.id, 'profile'), { imageId: mine!.id }, as(seller)),
        send(await picture(30, 30), `purpose=listing&subjectId=${other.listingId}`),
        rest.post('/images?purpose=listing', undefined, {}),
      ]);
      expect(codes.map(({ body }) => body.code as string)).toEqual([
        'IMAGE_NOT_FOUND',
        'IMAGE_NOT_FOUND',
        'LISTING_NOT_FOUND',
        'IMAGE_NOT_FOUND',
        'LISTING_NOT_FOUND',
        'LISTING_NOT_FOUND',
        'LISTING_NOT_FOUND',
        'SELLER_NOT_FOUND',
        'IMAGE_WRONG_PURPOSE',
        'LISTING_NOT_FOUND',
        'UNAUTHENTICATED',
      ]);
      await agree();
    });

    it('a seller cannot store without end', async () => {
      const hoarder = await createPerson(db.database);
      const at = new Date();
      const row = {
        ownerId: hoarder.id,
        purpose: 'listing',
        status: 'uploaded',
        bytes: 1,
        leaseUntil: new Date(at.getTime() + DAY_MS),
        createdAt: at,
        updatedAt: at,
      };
      await db.database.prisma.image.createMany({ data: Array.from({ length: 40 }, (_, i) => ({ ...row, liveKey: `hoard-${i}` })) });
      const answer = await fetch(`${api.url}/api/v1/images?purpose=listing`, {
        method: 'POST',
        headers: { authorization: `Bearer ${as(hoarder).token}` },
        body: new Uint8Array(await picture(30, 30)),
      });
      expect(await answer.json()).toMatchObject({ status: 409, code: 'IMAGE_QUOTA_REACHED' });
      await db.database.prisma.image.deleteMany({ where: { ownerId: hoarder.id } });
    });
  });

  describe('cleaning', () => {
    it('takes what was never attached after a day, what was deleted at once, and leaves what is shown', async () => {
      await anew();
      const shown = await upload(await picture(60, 60, 'png', 1), `purpose=listing&subjectId=${seller.listingId}`);
      const orphan = await upload(await picture(60, 60, 'png', 2));
      const removed = await upload(await picture(60, 60, 'png', 3), `purpose=listing&subjectId=${seller.listingId}`);
      await processAll();
      await rest.delete(`/images/${removed.id}`, as(seller));
      expect((await attached()).map(({ id }) => id)).toEqual([shown.id]);
      await unifiedImageService.clean(system());
      expect(await agree()).toBe(4);
      await unifiedImageService.clean(system(DAY_MS - MINUTE_MS));
      expect((await stateOf(orphan)).status).toBe('ready');
      await unifiedImageService.clean(system(DAY_MS + MINUTE_MS));
      expect((await rest.get(`/images/${orphan.id}`, as(seller))).status).toBe(404);
      expect(await agree()).toBe(2);
      expect((await attached()).map(({ status }) => status)).toEqual(['ready']);
    });

    it('does not take what a seller attaches at the same moment', async () => {
      const orphan = await upload(await picture(60, 60, 'png', 4));
      await processAll();
      const [answer] = await Promise.all([
        rest.post(place(), { imageId: orphan.id }, as(seller)),
        unifiedImageService.clean(system(DAY_MS - 1000)),
      ]);
      expect(answer.status).toBe(200);
      await agree();
    });
  });

  describe('a crash', () => {
    /** The process dies with its n-th step on files: nothing that comes after it is done. */
    const dyingAt = (n: number, ctx = system(), killed = new AbortController()): Context => {
      let steps = 0;
      const { files: real } = ctx.services.images;
      const step = async <T>(work: () => Promise<T>): Promise<T> => {
        if (++steps <= n) return work();
        killed.abort();
        throw new Error('crashed');
      };
      const dying = {
        put: (...args: Parameters<typeof real.put>) => step(() => real.put(...args)),
        putFile: (...args: Parameters<typeof real.putFile>) => step(() => real.putFile(...args)),
        read: (key: string) => real.read(key),
        delete: (key: string) => step(() => real.delete(key)),
      };
      return {
        ...ctx,
        services: { ...ctx.services, images: { ...ctx.services.images, files: dying } },
      };
    };
    /** What is dead commits nothing. */
    const mortal = (ctx: Context, killed: AbortController): Context => ({
      ...ctx,
      change: (work) => (killed.signal.aborted ? Promise.reject(new Error('crashed')) : ctx.change(work)),
    });
    const renderDyingAt = (n: number, laterMs = 0) => {
      const killed = new AbortController();
      return runNextTask(api.container, 'image.render', {
        laterMs,
        killed: killed.signal,
        context: (ctx) => mortal(dyingAt(n, ctx, killed), killed),
      });
    };

    it('at any step of making sizes is made good by another process', async () => {
      await anew();
      for (let n = 0; n <= 3; n++) {
        const { id } = await upload(await picture(70, 70, 'png', 30 + n), `purpose=listing&subjectId=${seller.listingId}`);
        const crashed = await renderDyingAt(n).then(
          () => false,
          () => true,
        );
        expect(crashed).toBe(n < 3); // two files, then the uploaded one goes
        expect((await stateOf({ id })).status).toBe(n < 2 ? 'processing' : 'ready');
        expect(await runNextTask(api.container, 'image.render', { laterMs: 30_000 })).toBeNull(); // it may only be slow
        await processAll(2 * MINUTE_MS);
        await unifiedImageService.clean(system(2 * MINUTE_MS));
        expect((await stateOf({ id })).status).toBe('ready');
        await agree();
      }
    });

    it('at any step of deleting or receiving is made good by cleaning', async () => {
      for (const { id } of await attached()) await rest.delete(`/images/${id}`, as(seller));
      for (let n = 0; n < 8; n += 3) await unifiedImageService.clean({ ...dyingAt(n), now: system(5 * MINUTE_MS).now }).catch(() => {});
      await unifiedImageService.clean(system(5 * MINUTE_MS)); // past the leases of the test before
      expect(await agree()).toBe(0);

      const ctx = { ...dyingAt(0), actor: { kind: 'user' as const, id: seller.id, roles: seller.roles, sessionId: 's' } };
      const file = path.join(directory(), 'arriving', 'lost');
      writeFileSync(file, await picture(30, 30));
      const input = { purpose: 'listing' as const, file: { path: file, sha256: 'f'.repeat(64), bytes: 1 } };
      await expect(unifiedImageService.receive(ctx, input)).rejects.toThrow('crashed');
      expect(await db.database.prisma.image.count({ where: { status: 'receiving' } })).toBe(1);
      // The same file again takes over where the first one died.
      const { id } = await unifiedImageService.receive({ ...ctx, services: system().services }, input);
      expect(await db.database.prisma.image.findMany({ select: { id: true, status: true } })).toEqual([{ id, status: 'uploaded' }]);
      expect(await api.container.images.sweepTemporary(new Date(Date.now() - MINUTE_MS))).toBe(0);
      utimesSync(file, new Date(0), new Date(0));
      expect(await api.container.images.sweepTemporary(new Date(Date.now() - MINUTE_MS))).toBe(1);
      await unifiedImageService.clean(system(2 * DAY_MS));
      expect(await agree()).toBe(0);
      expect(await processAll()).toMatchObject([{ result: 'done' }]); // its task finds nothing to do
      expect(await agree()).toBe(0);
    });

    it('that comes back each time is given up', async () => {
      const sent = await upload(await picture(60, 60, 'png', 50));
      for (let n = 0; n < 3; n++) await expect(renderDyingAt(0, n * 2 * MINUTE_MS)).rejects.toThrow('killed');
      await processAll(10 * MINUTE_MS);
      expect(await stateOf(sent)).toMatchObject({ status: 'failed', failure: { code: 'IMAGE_UNPROCESSABLE' } });
      expect(await agree()).toBe(0);
    });

    it('while the storage is away an image waits, and no attempt counts', async () => {
      const sent = await upload(await picture(60, 60, 'png', 51));
      const away = (ctx: Context): Context => {
        const { images } = ctx.services;
        const storage = { ...images.files, read: () => Promise.reject(new Error('away')) };
        return { ...ctx, services: { ...ctx.services, images: { ...images, files: storage } } };
      };
      for (let n = 0; n < 6; n++)
        expect(await runNextTask(api.container, 'image.render', { laterMs: n * MINUTE_MS, context: away })).toMatchObject({
          result: 'retried',
          failure: 'away',
        });
      await processAll(10 * MINUTE_MS);
      expect((await stateOf(sent)).status).toBe('ready');
    });

    it('of the storage, seen by a process that was too slow, changes nothing for the one that has the task now', async () => {
      const sent = await upload(await picture(60, 60, 'png', 52));
      const reading = (read: (key: string) => Promise<Uint8Array | null>) => (ctx: Context) => {
        const { images } = ctx.services;
        return { ...ctx, services: { ...ctx.services, images: { ...images, files: { ...images.files, read } } } };
      };
      const read = (key: string) => api.container.images.files.read(key);
      const begun = Promise.withResolvers<void>();
      const slowEnded = Promise.withResolvers<void>();
      let second: Promise<TaskEnd | null> | undefined;
      const slow = await runNextTask(api.container, 'image.render', {
        context: reading(async () => {
          second = runNextTask(api.container, 'image.render', {
            laterMs: 2 * MINUTE_MS,
            context: reading(async (key) => {
              begun.resolve();
              await slowEnded.promise;
              return read(key);
            }),
          });
          await begun.promise;
          throw new Error('away');
        }),
      });
      expect(slow).toMatchObject({ result: 'lost' });
      expect((await stateOf(sent)).status).toBe('processing');
      slowEnded.resolve();
      expect(await second).toMatchObject({ result: 'done' });
      expect((await stateOf(sent)).status).toBe('ready');
    });

    it('by kill -9 in the middle loses nothing', async () => {
      const child = await spawnApi(db.url, { MEDIA_DIR: directory() });
      const sent = await upload(await picture(1400, 1400, 'webp', 60), `purpose=listing&subjectId=${seller.listingId}`);
      await expect.poll(async () => (await stateOf(sent)).status, { timeout: 30_000, interval: 5 }).toBe('processing');
      await child.stop('SIGKILL');
      await processAll(2 * MINUTE_MS);
      await unifiedImageService.clean(system(2 * MINUTE_MS));
      expect((await stateOf(sent)).status).toBe('ready');
      await agree();
    });
  });
});
