import { createHash } from 'node:crypto';
import type { InvoiceView, OrderView } from '@assay/contract';
import { expireMoneyRecords } from '@assay/core';
import { createPerson, createSeller, onEachEngine, runTasks, useProduct, type Person, type Seller } from '@assay/testing';
import { beforeEach, describe, expect, it } from 'vitest';

onEachEngine('invoices', (engine) => {
  const { db, rest, api, as } = useProduct(engine);
  let seller: Seller;
  let buyer: Person;

  beforeEach(async () => {
    [seller, buyer] = [await createSeller(db.database), await createPerson(db.database)];
    const admin = as(await createPerson(db.database, ['admin']));
    expect((await rest.post('/fees/rules', { sellerId: seller.id, basisPoints: 1000 }, admin)).status).toBe(201);
  });

  /** An order that took these steps. */
  async function order(...steps: ('pay' | 'ship' | 'complete' | 'cancel')[]): Promise<number> {
    const { body } = await rest.post('/orders', { listingId: seller.listingId }, as(buyer));
    const { id } = body as OrderView;
    for (const step of steps) {
      const answer = await rest.post(`/orders/${id}/${step}`, undefined, as(step === 'ship' ? seller : buyer));
      expect([step, answer.status]).toEqual([step, 200]);
    }
    await runTasks(api.container, 'payment.refund');
    return id;
  }
  const documents = async (id: number, who: { id: number }) =>
    ((await rest.get(`/orders/${id}/invoices`, as(who))).body as { items: InvoiceView[] }).items;
  const file = (id: number, who: { id: number }) =>
    fetch(`${api.url}/api/v1/invoices/${id}/file`, { headers: { authorization: `Bearer ${as(who).token}` } });

  describe('of an order', () => {
    it('are a receipt when it is paid, and an invoice for its commission when it is completed', async () => {
      const id = await order('pay', 'ship', 'complete');
      const [receipt, invoice] = await documents(id, seller);
      expect(receipt).toMatchObject({ kind: 'receipt', total: '12.50', vat: '0.00', test: true, orderId: id, corrects: null });
      expect(receipt!.number).toMatch(/^TR-20\d\d-\d{6}$/);
      expect(invoice).toMatchObject({ kind: 'commission', net: '1.25', vat: '0.24', total: '1.49' });
      expect(await documents(id, buyer)).toEqual([receipt]);
    });

    it('are credit notes when it is refunded', async () => {
      const [receipt, note] = await documents(await order('pay', 'cancel'), buyer);
      expect(note).toMatchObject({ kind: 'receipt-credit', total: '12.50', corrects: receipt!.number });
      expect(await db.database.prisma.invoice.count({ where: { kind: 'commission', recipientId: seller.id } })).toBe(0);
    });

    it('have no invoice where no commission is charged', async () => {
      await db.database.prisma.commissionRule.updateMany({ where: { sellerId: seller.id }, data: { basisPoints: 0 } });
      expect((await documents(await order('pay', 'ship', 'complete'), seller)).map(({ kind }) => kind)).toEqual(['receipt']);
    });

    it('name the seller by their invoice details of then', async () => {
      const details = { name: 'Atelier', address: '1 rue Haute\nLyon', country: 'FR', vatNumber: null };
      expect((await rest.put('/tax-details', details, as(seller))).status).toBe(200);
      const id = await order('pay');
      await rest.put('/tax-details', { ...details, name: 'Another' }, as(seller));
      const row = await db.database.prisma.invoice.findFirstOrThrow({ where: { orderId: id } });
      expect(row).toMatchObject({ issuerName: 'Atelier', issuerAddress: '1 rue Haute\nLyon\nFrance', recipientId: buyer.id });
    });
  });

  describe('the file', () => {
    it('is made once, and always the same bytes', async () => {
      const [receipt] = await documents(await order('pay'), buyer);
      const first = await file(receipt!.id, buyer); // made now, if it was not yet
      expect([first.status, first.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(first.headers.get('content-disposition')).toBe(`attachment; filename="${receipt!.number}.pdf"`);
      const bytes = Buffer.from(await first.arrayBuffer());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      const row = await db.database.prisma.invoice.findUniqueOrThrow({ where: { id: receipt!.id } });
      expect(row.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      await runTasks(api.container, 'invoice.render');
      expect(Buffer.from(await (await file(receipt!.id, seller)).arrayBuffer()).equals(bytes)).toBe(true);
    });

    it('is for its parties, and for admins with an audit record', async () => {
      const id = await order('pay', 'ship', 'complete');
      const [receipt, invoice] = await documents(id, seller);
      const admin = await createPerson(db.database, ['admin']);
      const [stranger, ops] = [await createPerson(db.database), await createPerson(db.database, ['ops'])];
      const statuses = async (who: { id: number }) => [(await file(receipt!.id, who)).status, (await file(invoice!.id, who)).status];
      expect(await statuses(seller)).toEqual([200, 200]);
      expect(await statuses(buyer)).toEqual([200, 404]);
      for (const other of [stranger, ops]) {
        expect(await statuses(other)).toEqual([404, 404]);
        expect((await rest.get(`/orders/${id}/invoices`, as(other))).status).toBe(404);
      }
      expect((await fetch(`${api.url}/api/v1/invoices/${receipt!.id}/file`)).status).toBe(401);
      const viewed = () => db.database.prisma.auditEntry.count({ where: { action: 'invoice.viewed', entityId: String(invoice!.id) } });
      expect(await viewed()).toBe(0);
      expect(await statuses(admin)).toEqual([200, 200]);
      expect(await viewed()).toBe(1);
    });

    it('that is not the one that was stored is not handed out', async () => {
      const [receipt] = await documents(await order('pay'), buyer);
      expect((await file(receipt!.id, buyer)).status).toBe(200);
      const { storageKey } = await db.database.prisma.invoice.findUniqueOrThrow({ where: { id: receipt!.id } });
      await api.container.services.invoices.put(storageKey, Buffer.from('%PDF-other'));
      expect((await file(receipt!.id, buyer)).status).toBe(500);
    });
  });

  describe('a seller’s list', () => {
    it('has the invoices that they received, page by page and as CSV', async () => {
      for (let i = 0; i < 3; i++) {
        await order('pay', 'ship', 'complete');
        await rest.post(`/listings/${seller.listingId}/relist`, undefined, as(seller));
      }
      const first = (await rest.get('/invoices?limit=2', as(seller))).body as { items: InvoiceView[]; nextCursor: string };
      const second = (await rest.get(`/invoices?limit=2&cursor=${first.nextCursor}`, as(seller))).body as typeof first;
      const numbers = [...first.items, ...second.items].map(({ number }) => number);
      expect([numbers.length, new Set(numbers).size, second.nextCursor]).toEqual([3, 3, null]);
      const { body } = await rest.get('/invoices/mine.csv', as(seller));
      expect((body as string).trim().split('\n')).toHaveLength(4);
      for (const number of numbers) expect(body).toContain(number);
    });
  });

  describe('numbers', () => {
    it('have no gap and no duplicate, also where changes fail after they took one', async () => {
      const { container } = api;
      const year = 2099;
      const take = (fails: boolean) =>
        container
          .context({ kind: 'system', name: 'test' }, 'test')
          .change(async (tx) => {
            const number = await tx.repos.invoices.nextNumber('X', year);
            if (fails) throw new Error('rolled back');
            await tx.audit('production.started', 'maintenance', number, { series: 'X' });
            return number;
          })
          .catch((error: Error) => {
            if (error.message !== 'rolled back') throw error;
            return null;
          });
      const taken = await Promise.all(Array.from({ length: 32 }, (_, i) => take(i % 3 === 1)));
      const numbers = taken.filter((number) => number !== null).toSorted((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
    });
  });

  describe('after the retention period', () => {
    it('name no former member, and their files are gone', async () => {
      const id = await order('pay', 'ship', 'complete');
      const [receipt] = await documents(id, buyer);
      expect((await file(receipt!.id, buyer)).status).toBe(200);
      const { prisma } = db.database;
      const { storageKey } = await prisma.invoice.findUniqueOrThrow({ where: { id: receipt!.id } });
      await prisma.user.updateMany({ where: { id: buyer.id }, data: { deletedAt: new Date() } });
      const expire = () => expireMoneyRecords(api.container.context({ kind: 'system', name: 'test' }, 'test'));
      await expire();
      expect(await prisma.invoice.count({ where: { id: receipt!.id, storageKey } })).toBe(1);
      await prisma.order.updateMany({ where: { id }, data: { updatedAt: new Date('2010-01-01T00:00:00Z') } });
      await expire();
      const rows = await prisma.invoice.findMany({ where: { orderId: id }, include: { lines: true } });
      expect(rows.length).toBe(2);
      for (const row of rows)
        expect(row).toMatchObject({ recipientName: 'Former member', recipientAddress: '', storageKey: '', lines: [{ text: 'Purchase' }] });
      expect(await api.container.services.invoices.read(storageKey)).toBeNull();
      expect((await file(receipt!.id, seller)).status).toBe(404);
    });
  });
});
