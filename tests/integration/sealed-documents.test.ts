import type { VerificationView } from '@assay/contract';
import { resealDocuments } from '@assay/core';
import { onEachEngine, restClient, startApi } from '@assay/testing';
import { expect, it, onTestFinished } from 'vitest';
import { onboardingOn, useOnboarding } from './lib-onboarding.ts';

const KEY = Buffer.alloc(32, 1).toString('base64');
const NEXT = Buffer.alloc(32, 2).toString('base64');
const WORDS = 'the holder of this passport';
const PDF = Buffer.from(`%PDF-1.7 ${WORDS}`);

onEachEngine('sealed documents', (engine) => {
  const { db } = useOnboarding(engine);

  /** An API with these keys on the same database, until the test ends. */
  async function withKeys(keys: string) {
    const api = await startApi(db, { PAYOUT_DETAILS_KEY: keys });
    onTestFinished(() => api.close());
    const on = onboardingOn({ db, api, rest: restClient(api.url) });
    const upload = async () => {
      const seller = await on.newSeller();
      const { id } = ((await on.upload(seller, PDF)).body as VerificationView).documents.files[0]!;
      return { seller, id };
    };
    const row = (id: number) => db.database.prisma.sellerVerificationFile.findUniqueOrThrow({ where: { id } });
    const storedOf = async (id: number) => Buffer.from((await api.container.images.files.read((await row(id)).storageKey))!);
    const read = async ({ seller, id }: { seller: { token: string }; id: number }) => {
      const answer = await fetch(`${api.url}/api/v1/verification/documents/${id}`, {
        headers: { authorization: `Bearer ${seller.token}` },
      });
      return { status: answer.status, content: Buffer.from(await answer.arrayBuffer()) };
    };
    return { api, on, upload, row, storedOf, read };
  }

  it('are stored encrypted, each with a key of its own, and read by their owner', async () => {
    const { upload, row, storedOf, read } = await withKeys(KEY);
    const [first, second] = [await upload(), await upload()];
    expect((await row(first.id)).keyId).toMatch(/^[0-9a-f]{12}$/);
    const [one, other] = [await storedOf(first.id), await storedOf(second.id)];
    for (const stored of [one, other]) for (const plain of ['%PDF', WORDS]) expect(stored.includes(plain)).toBe(false);
    expect(one.equals(other)).toBe(false); // the same file twice
    expect(await read(first)).toEqual({ status: 200, content: PDF });
  });

  it('are bound to their place, and a changed file is refused', async () => {
    const { api, upload, row, storedOf, read } = await withKeys(KEY);
    const [first, second] = [await upload(), await upload()];
    const [one, other] = [await row(first.id), await row(second.id)];
    const stored = await storedOf(first.id);
    const { files } = api.container.images;
    await files.put(other.storageKey, stored, 'application/octet-stream'); // another person's document in its place
    expect((await read(second)).status).toBe(500);
    stored[stored.length - 1]! ^= 1;
    await files.put(one.storageKey, stored, 'application/octet-stream');
    expect((await read(first)).status).toBe(500);
  });

  it('are sealed with the next key by the job, and the one before can be removed; those from before there was a key, too', async () => {
    const before = await withKeys('none');
    const plain = await before.upload();
    expect((await before.storedOf(plain.id)).includes(WORDS)).toBe(true);
    const old = await withKeys(KEY);
    const sealed = await old.upload();
    const both = await withKeys(`${NEXT},${KEY}`);
    expect(await both.read(sealed)).toEqual({ status: 200, content: PDF });
    expect((await resealDocuments(both.on.system())).resealed).toBeGreaterThanOrEqual(2);
    expect(await resealDocuments(both.on.system())).toMatchObject({ resealed: 0 });
    const next = await withKeys(NEXT);
    for (const document of [plain, sealed]) {
      expect(await next.read(document)).toEqual({ status: 200, content: PDF });
      expect((await next.storedOf(document.id)).includes(WORDS)).toBe(false);
    }
    const gone = await withKeys(KEY);
    expect((await gone.read(sealed)).status).toBe(500);
    expect((await resealDocuments(gone.on.system())).unreadable).toBeGreaterThanOrEqual(1);
    await expect(resealDocuments(gone.api.container.context({ kind: 'anonymous' }, 'test'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
