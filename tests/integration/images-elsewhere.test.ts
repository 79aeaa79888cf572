import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ImageState } from '@assay/contract';
import { unifiedImageService } from '@assay/core';
import {
  createSeller,
  look,
  photograph,
  picture,
  runNextTask,
  sessionIdOf,
  startApi,
  startS3,
  useApi,
  useDatabase,
  type S3Server,
  type Seller,
  type SuiteApi,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const db = useDatabase('sqlite');
let seller: Seller;
beforeAll(async () => {
  seller = await createSeller(db.database);
});

const send = (api: SuiteApi, content: Uint8Array, query: string) =>
  fetch(`${api.url}/api/v1/images?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.tokenFor(seller)}` },
    body: content as Uint8Array<ArrayBuffer>,
  });
const system = (api: SuiteApi) => api.container.context({ kind: 'system', name: 'test' }, 'test');

describe('images in a bucket', () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3();
  });
  afterAll(() => s3.stop());
  const { api, rest, as } = useApi(db, () => ({ ...s3.variables, CDN_BASE_URL: 'https://cdn.example/' }));

  it('are written, served, and deleted to the last file', async () => {
    const content = await photograph();
    const sent = (await (await send(api, content, `purpose=listing&subjectId=${seller.listingId}`)).json()) as ImageState;
    expect(await s3.keys()).toEqual([expect.stringMatching(/^originals\/[0-9a-f-]{36}$/)]);
    expect(await runNextTask(api.container, 'image.render')).toMatchObject({ result: 'done' });
    const { image } = (await rest.get(`/images/${sent.id}`, as(seller))).body as ImageState;
    expect(await s3.keys()).toEqual(image!.sources.map(({ url }) => url.slice('https://cdn.example/'.length)).sort());
    for (const { url, width } of image!.sources) {
      const answer = await fetch(url.replace('https://cdn.example', api.url));
      expect((await look(Buffer.from(await answer.arrayBuffer()))).metadata.width).toBe(width);
    }
    await rest.delete(`/images/${sent.id}`, as(seller));
    await unifiedImageService.clean(system(api));
    expect(await s3.keys()).toEqual([]);
    expect((await fetch(image!.sources[0]!.url.replace('https://cdn.example', api.url))).status).toBe(404);
  });

  it('say whether they can be stored: the bucket answers, and lets this key write', async () => {
    expect(await api.container.images.check()).toBe(true);
    expect(await s3.keys()).toEqual([]);
    for (const wrong of [{ S3_SECRET_ACCESS_KEY: 'wrong' }, { S3_ENDPOINT: 'http://127.0.0.1:1' }, { S3_BUCKET: 'no-such-bucket' }]) {
      const other = await startApi(db, { ...s3.variables, ...wrong });
      expect(await other.container.images.check(), Object.keys(wrong)[0]).toBe(false);
      await other.close();
    }
  });

  it('an upload that the bucket does not take is no image: the same file can be sent again', async () => {
    const away = await startApi(db, { ...s3.variables, S3_SECRET_ACCESS_KEY: 'wrong' });
    const content = await picture(90, 90, 'png', 3);
    expect((await send(away, content, 'purpose=listing')).status).toBe(500);
    await away.close();
    const again = await send(api, content, 'purpose=listing');
    expect([again.status, ((await again.json()) as ImageState).status]).toEqual([201, 'uploaded']);
    expect((await s3.keys()).length).toBe(1);
  });
});

it('a directory that cannot be written is reported', async () => {
  const file = path.join(path.dirname(db.url.slice('file:'.length)), 'no-directory');
  writeFileSync(file, '');
  const api = await startApi(db, { MEDIA_DIR: file });
  expect(await api.container.images.check()).toBe(false);
  await api.close();
});

describe('a form without scripts', () => {
  const { api, rest, as } = useApi(db);

  const post = async (fields: Record<string, string>, headers: Record<string, string> = {}, content?: Uint8Array) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(content ?? (await picture(64, 64, 'png', 9)))]), 'a.jpg');
    return fetch(`${api.url}/api/v1/images?purpose=listing&subjectId=${seller.listingId}&next=/listings/${seller.listingId}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `assay_access=${api.tokenFor(seller)}`, ...headers },
      body: form,
    });
  };
  const csrf = () => api.container.tokens.csrfToken(sessionIdOf(seller.id));

  it('is taken with its token, and goes on to the page', async () => {
    const answer = await post({ csrf: csrf(), alt: 'A lid' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(`^/listings/${seller.listingId}\\?image=\\d+#images$`),
    ]);
    const { body } = await rest.get(`/images/of/listing/${seller.listingId}`, as(seller));
    expect(body.items.at(-1)).toMatchObject({ alt: 'A lid' });
  });

  it('says on the page why a file was refused', async () => {
    const answer = await post({ csrf: csrf() }, {}, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    expect(answer.headers.get('location')).toBe(`/listings/${seller.listingId}?imageError=IMAGE_TYPE_UNSUPPORTED&imageFor=listing#images`);
  });

  it('of another site is refused, with all that it sends', async () => {
    const before = await db.database.prisma.image.count();
    const other = { csrf: api.container.tokens.csrfToken('another-session') };
    const answers = await Promise.all([
      post({}),
      post(other),
      post({ csrf: csrf() }, { origin: 'https://evil.example' }),
      post({ csrf: csrf() }, { 'sec-fetch-site': 'cross-site' }),
      post({ csrf: csrf() }, { 'x-csrf-token': 'wrong' }),
    ]);
    for (const answer of answers) expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'CSRF_FAILED']);
    expect(await db.database.prisma.image.count()).toBe(before);
  });
});
