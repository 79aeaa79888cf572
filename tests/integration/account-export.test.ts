import { EXPORT_COVERAGE } from '@assay/database';
import { getDMMF } from '@prisma/get-dmmf';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import {
  createMarket,
  createPeople,
  createSeller,
  completeOrders,
  onEachEngine,
  useProduct,
  type Answer,
  type Product,
} from '@assay/testing';
import { describe, expect, it } from 'vitest';
import { PASSWORD } from './lib-onboarding.ts';
import { plantPerson, unzipped } from './lib-privacy.ts';

interface Model {
  name: string;
  dbName: string;
  fields: { name: string; type: string; dbName?: string }[];
}
const { models } = (
  getDMMF({ datamodel: readFileSync(path.join(ROOT, 'prisma', 'schema.prisma'), 'utf8') }) as unknown as { datamodel: { models: Model[] } }
).datamodel;

/** Columns that name a person, with a foreign key or without. */
const NAMES_A_PERSON =
  /^(user|owner|seller|buyer|rater|actor|reporter|appellant|requestedBy|updatedBy|decidedBy|acknowledgedBy|closedBy)(Id)?$/;

/** The export of a person, as a browser gets it. */
async function exportOf({ api }: Pick<Product, 'api'>, token: string | null, proof: object = { current: PASSWORD }) {
  const answer = await fetch(`${api.url}/api/v1/auth/account/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(proof),
  });
  return { status: answer.status, headers: answer.headers, content: Buffer.from(await answer.arrayBuffer()) };
}
const filesOf = async (product: Pick<Product, 'api'>, token: string, proof?: object) =>
  unzipped((await exportOf(product, token, proof)).content);
const json = (files: Map<string, Buffer>, name: string): Answer['body'] => JSON.parse(files.get(`${name}.json`)!.toString());

describe('tables of the schema', () => {
  it('that refer to a person are exported, or say why not', () => {
    const about = models.filter(({ fields }) => fields.some(({ name, type }) => type === 'User' || NAMES_A_PERSON.test(name)));
    expect(about.length).toBeGreaterThanOrEqual(40);
    const missing = about.filter(({ dbName }) => !Object.hasOwn(EXPORT_COVERAGE, dbName)).map(({ dbName }) => dbName);
    expect(missing).toEqual([]);
    for (const coverage of Object.values(EXPORT_COVERAGE))
      expect('leftOut' in coverage ? coverage.leftOut.length : coverage.files.length).toBeGreaterThan('leftOut' in coverage ? 20 : 0);
    expect(Object.keys(EXPORT_COVERAGE).toSorted()).toEqual(models.map(({ dbName }) => dbName).toSorted());
  });
});

onEachEngine('the export of an account', (engine) => {
  const product = useProduct(engine);
  const { api, db, rest, as } = product;

  it('has what each table holds about the person, and the files of their pictures and documents', async () => {
    const me = await plantPerson(product);
    const { status, headers, content } = await exportOf(product, me.token);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'application/zip', 'no-store']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="my-data.zip"');
    const files = await unzipped(content);
    const promised = Object.values(EXPORT_COVERAGE).flatMap((coverage) => ('files' in coverage ? coverage.files : []));
    expect([...files.keys()].filter((name) => name.endsWith('.json')).toSorted()).toEqual(
      [...new Set(promised)].map((name) => `${name}.json`).toSorted(),
    );
    const empty = [...files]
      .filter(([name, text]) => name.endsWith('.json') && JSON.parse(text.toString()).length === 0)
      .map(([name]) => name);
    expect(empty).toEqual([]);
    expect(json(files, 'account')).toMatchObject([{ id: me.id, email: me.email, fullName: me.fullName }]);
    expect(json(files, 'payout-details')).toMatchObject([{ masked: 'DE89 •••• 3000' }]);
    expect(json(files, 'orders-bought')).toMatchObject([{ price: '12.50', events: [{ to: 'placed' }], payments: [{ amount: '12.50' }] }]);
    expect(json(files, 'fees-of-sales')).toMatchObject([
      { orderId: me.saleId, commission: '0.63', vat: '0.12', lines: [{ base: '12.50' }] },
    ]);
    expect(json(files, 'invoices')).toMatchObject([{ net: '0.63', vat: '0.12', lines: [{ amount: '0.63' }] }]);
    expect(json(files, 'ratings-given')).toMatchObject([{ id: me.ratingId, comment: 'It is a very fine bowl.' }]);
    expect(json(files, 'ratings-given-history').map(({ action }: { action: string }) => action)).toEqual(['submitted', 'edited']);
    expect(json(files, 'audit-of-my-account').map(({ action }: { action: string }) => action)).toContain('account.renamed');
    const [picture] = json(files, 'images');
    expect(files.get(`images/${picture.id}.webp`)!.subarray(8, 12).toString()).toBe('WEBP');
    expect([...files].filter(([name]) => name.startsWith('documents/')).map(([, file]) => file.toString())).toEqual([
      `%PDF-1.7 ${me.mark}`,
    ]);
    expect(await db.database.prisma.auditEntry.count({ where: { action: 'account.exported', actorId: me.id } })).toBe(1);
  });

  it('has no secret, and of other people only what the pages show', async () => {
    const me = await plantPerson(product);
    const other = await plantPerson(product);
    await db.database.prisma.order.updateMany({ where: { id: me.saleId }, data: { buyerId: other.id } });
    await db.database.prisma.sellerRating.updateMany({ where: { id: me.receivedId }, data: { raterId: other.id } });
    const text = [...(await filesOf(product, me.token)).values()].map(String).join('\n');
    const account = await db.database.prisma.user.findUniqueOrThrow({ where: { id: me.id } });
    const session = await db.database.prisma.session.findFirstOrThrow({ where: { userId: me.id } });
    const payout = await db.database.prisma.sellerPayoutDetails.findUniqueOrThrow({ where: { userId: me.id } });
    for (const secret of [
      account.passwordHash!,
      session.tokenHash,
      payout.sealed,
      `reset-hash-${me.mark}`,
      `change-hash-${me.mark}`,
      `code-hash-${me.mark}`,
      'sealed-secret',
      'argon2',
      '0532013000',
    ])
      expect(text).not.toContain(secret);
    expect(text).toContain(other.fullName); // the buyer of an order: its page shows the name
    expect(text).not.toContain(other.email);
    const rating = json(await filesOf(product, me.token), 'ratings-received')[0];
    expect(rating.raterName).toBe(`Quill${other.mark} V.`);
    expect(rating).not.toHaveProperty('raterId');
  });

  it('asks for the proof of the owner, and answers no one else', async () => {
    const me = await plantPerson(product);
    expect((await exportOf(product, null)).status).toBe(401);
    expect(JSON.parse((await exportOf(product, me.token, {})).content.toString()).code).toBe('CONFIRMATION_NEEDED');
    expect(JSON.parse((await exportOf(product, me.token, { current: 'another one' })).content.toString()).code).toBe('WRONG_PASSWORD');
    expect(await db.database.prisma.auditEntry.count({ where: { action: 'account.exported', actorId: me.id } })).toBe(0);
  });

  it('has a budget for each account: a third one at the same time is refused', async () => {
    const { seller } = await createMarket(db.database);
    const rows = Array.from({ length: 3000 }, () => ({
      action: 'x.y',
      entity: 'user',
      entityId: String(seller.id),
      actorKind: 'system',
      detail: JSON.stringify({ note: 'n'.repeat(900) }),
    }));
    for (let i = 0; i < rows.length; i += 200) await db.database.prisma.auditEntry.createMany({ data: rows.slice(i, i + 200) });
    const statuses = await Promise.all([1, 2, 3].map(async () => (await exportOf(product, as(seller).token, {})).status));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 429]);
  });

  it('of 20,000 ratings is streamed, complete, and leaves the event loop to others', { timeout: 120_000 }, async () => {
    const seller = await createSeller(db.database);
    const raters = await createPeople(db.database, 500);
    const orders = await completeOrders(
      db.database,
      seller,
      raters.map(({ id }) => id),
    );
    const { prisma } = db.database;
    const history = Array.from({ length: 20_000 }, (_, i) => ({
      ratingId: 50_000_000 + i,
      sellerId: raters[i % 500]!.id,
      raterId: seller.id,
      version: 1,
      action: 'submitted',
      rating: 5,
      comment: `Number ${i}: ${'good '.repeat(60)}`,
      orderId: orders.get(raters[i % 500]!.id)!,
    }));
    for (let i = 0; i < history.length; i += 200) await prisma.sellerRatingVersion.createMany({ data: history.slice(i, i + 200) });
    let longestMs = 0;
    let last = performance.now();
    const clock = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last - 5);
      last = performance.now();
    }, 5);
    const { content } = await exportOf(product, as(seller).token, {});
    clearInterval(clock);
    const ratings = json(await unzipped(content), 'ratings-given-history');
    expect(new Set(ratings.map(({ ratingId }: { ratingId: number }) => ratingId)).size).toBe(20_000);
    expect(longestMs).toBeLessThan(250);
  });

  it('that is broken off gives its place back', async () => {
    const { seller } = await createMarket(db.database);
    for (let i = 0; i < 3; i++) {
      const leaving = new AbortController();
      const answer = await fetch(`${api.url}/api/v1/auth/account/export`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${as(seller).token}` },
        body: '{}',
        signal: leaving.signal,
      });
      expect(answer.status).toBe(200);
      leaving.abort();
    }
    await expect.poll(async () => (await exportOf(product, as(seller).token, {})).status, { timeout: 5000 }).toBe(200);
    expect((await rest.get('/auth/me', as(seller))).status).toBe(200);
  });
});
