import { AddCommissionRuleInput, type CommissionRuleView, type FeesView, type OrderView } from '@assay/contract';
import { addCommissionRule, feesOfOrder } from '@assay/core';
import { createPerson, createSeller, onEachEngine, useProduct, type Seller } from '@assay/testing';
import { beforeEach, describe, expect, it } from 'vitest';

const DAY_MS = 24 * 3_600_000;
const later = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const FRENCH = { name: 'Atelier', address: '1 rue Haute\nLyon', country: 'FR', vatNumber: 'fr 40 303 265 045' };

onEachEngine('commission', (engine) => {
  const { db, rest, api, as } = useProduct(engine);
  let admin: { token: string };
  let seller: Seller;

  beforeEach(async () => {
    admin = as(await createPerson(db.database, ['admin']));
    seller = await createSeller(db.database);
    await db.database.prisma.sellerListing.updateMany({
      where: { id: seller.listingId },
      data: { priceE8: 1_230_000_000n, currency: 'EUR' },
    });
  });

  async function addRule(rule: object) {
    const { status, body } = await rest.post('/fees/rules', { sellerId: seller.id, ...rule }, admin);
    expect([status, body]).toEqual([201, expect.anything()]);
    return body as CommissionRuleView;
  }
  async function place() {
    const { status, body } = await rest.post('/orders', { listingId: seller.listingId }, as(await createPerson(db.database)));
    expect(status).toBe(201);
    return (body as OrderView).id;
  }
  const fees = (id: number) => feesOfOrder(api.container.context({ kind: 'anonymous' }, 'test'), { id });
  const rules = async (ended = false) =>
    ((await rest.get(`/fees/rules?ended=${ended}&limit=200`, admin)).body as { items: CommissionRuleView[] }).items.filter(
      ({ sellerId }) => sellerId === seller.id,
    );

  describe('of an order', () => {
    it('is nothing without a rule, and for an order of before', async () => {
      expect(await fees(await place())).toEqual({ commission: 0n, vat: 0n });
      expect(await fees(987_654)).toEqual({ commission: 0n, vat: 0n });
    });

    it('is frozen when it is placed: later rules and tax details do not reach it', async () => {
      await addRule({ basisPoints: 650, category: null });
      const before = await place();
      expect(await fees(before)).toEqual({ commission: 80n, vat: 15n });
      await addRule({ basisPoints: 2000 });
      expect((await rest.put('/tax-details', FRENCH, as(seller))).status).toBe(200);
      expect(await fees(before)).toEqual({ commission: 80n, vat: 15n });
      const after = await place();
      expect(await fees(after)).toEqual({ commission: 246n, vat: 0n });

      const { body } = await rest.get(`/orders/${after}/fees`, as(seller));
      expect((body as { fees: FeesView }).fees).toMatchObject({
        total: '12.30',
        commission: '2.46',
        vat: '0.00',
        vatTreatment: 'reverse-charge',
        vatCountry: null,
        receives: '9.84',
        lines: [{ basisPoints: 2000, base: '12.30', commission: '2.46' }],
      });
    });

    it('is for its seller alone to see', async () => {
      const id = await place();
      for (const other of [admin, as(await createPerson(db.database))])
        expect((await rest.get(`/orders/${id}/fees`, other)).status).toBe(404);
    });
  });

  describe('rules', () => {
    it('are added, listed and ended, each with an audit record', async () => {
      const rule = await addRule({ basisPoints: 500, fixed: '0,30', minimum: '1', currency: 'EUR', tier: 'bronze' });
      expect(rule).toMatchObject({ basisPoints: 500, fixed: '0.30', minimum: '1.00', tier: 'bronze', state: 'active', orders: 0 });
      await place();
      expect(await rules()).toMatchObject([{ id: rule.id, orders: 1, sellerName: expect.any(String) as string }]);
      const { status, body } = await rest.post(`/fees/rules/${rule.id}/end`, {}, admin);
      expect([status, body]).toMatchObject([200, { rule: { id: rule.id, state: 'ended', validUntil: expect.any(String) as string } }]);
      expect([await rules(), await rules(true)]).toMatchObject([[], [{ id: rule.id }]]);
      expect(await fees(await place())).toEqual({ commission: 0n, vat: 0n });
      expect((await rest.post(`/fees/rules/${rule.id}/end`, {}, admin)).status).toBe(404);
      const audit = await db.database.prisma.auditEntry.findMany({
        where: { entity: 'commission-rule', entityId: String(rule.id) },
        orderBy: { id: 'asc' },
      });
      expect(audit.map(({ action }) => action)).toEqual(['commission-rule.added', 'commission-rule.ended']);
    });

    it('that have not begun charge nothing, and are taken back without a trace in the list', async () => {
      const rule = await addRule({ basisPoints: 500, from: later(1) });
      expect(rule.state).toBe('upcoming');
      expect(await fees(await place())).toEqual({ commission: 0n, vat: 0n });
      expect((await rest.post(`/fees/rules/${rule.id}/end`, {}, admin)).body).toEqual({ rule: null });
      expect([await rules(), await rules(true)]).toEqual([[], []]);
    });

    it('end later, and earlier than said before', async () => {
      const { id } = await addRule({ basisPoints: 500 });
      for (const days of [3, 2]) {
        const { body } = await rest.post(`/fees/rules/${id}/end`, { at: later(days) }, admin);
        expect(body).toMatchObject({ rule: { state: 'active' } });
      }
      expect(await fees(await place())).toMatchObject({ commission: 62n });
    });

    it.each([
      ['a percentage above 100', { basisPoints: 10_001 }, 400, 'basisPoints'],
      ['an amount without a currency', { basisPoints: 1, fixed: '0.10' }, 400, 'currency'],
      ['an amount finer than its currency', { basisPoints: 1, minimum: '0.5', currency: 'JPY' }, 400, 'minimum'],
      ['a beginning in the past', { basisPoints: 1, from: later(-1) }, 400, 'from'],
      ['a category that is not there', { basisPoints: 1, category: 'no/such' }, 404, 'CATEGORY_NOT_FOUND'],
      ['a seller who is not there', { basisPoints: 1, sellerId: 987_654 }, 404, 'SELLER_NOT_FOUND'],
    ])('are refused with %s', async (_what, rule, status, why) => {
      const answer = await rest.post('/fees/rules', rule, admin);
      expect(answer.status).toBe(status);
      expect(JSON.stringify(answer.body)).toContain(why);
    });

    it('need an operator that invoices can name', async () => {
      const person = await createPerson(db.database, ['admin']);
      const ctx = api.container.context({ kind: 'user', id: person.id, roles: ['admin'], sessionId: 'test' }, 'test');
      const add = addCommissionRule(
        { ...ctx, settings: { ...ctx.settings, operator: null } },
        AddCommissionRuleInput.parse({ basisPoints: 1 }),
      );
      await expect(add).rejects.toMatchObject({ code: 'OPERATOR_UNKNOWN' });
    });
  });

  describe('in advance', () => {
    const QUOTE = 'category=ceramics/bowls&price=10&shipping=2.30&currency=EUR';

    it('is what an order would be charged, for the seller and for an admin', async () => {
      await addRule({ basisPoints: 650 });
      const mine = await rest.get(`/fees/quote?${QUOTE}`, as(seller));
      expect(mine.body).toMatchObject({
        total: '12.30',
        commission: '0.80',
        vat: '0.15',
        vatBasisPoints: 1900,
        vatCountry: 'DE',
        receives: '11.35',
      });
      expect((await rest.get(`/fees/quote?${QUOTE}&sellerId=${seller.id}`, admin)).body).toEqual(mine.body);
      expect((await rest.get(`/fees/quote?${QUOTE}`, admin)).body).toMatchObject({ commission: '0.00', receives: '12.30' });
    });

    it('is not for others to see, nor for amounts that the currency does not have', async () => {
      expect((await rest.get(`/fees/quote?${QUOTE}&sellerId=${seller.id}`, as(await createPerson(db.database)))).status).toBe(403);
      expect((await rest.get(`/fees/quote?${QUOTE.replace('2.30', '2.305')}`, as(seller))).status).toBe(400);
    });
  });

  describe('tax details', () => {
    it('are saved with the number as it stands on invoices', async () => {
      expect((await rest.get('/tax-details', as(seller))).body).toEqual({ details: null });
      const { body } = await rest.put('/tax-details', FRENCH, as(seller));
      expect(body).toMatchObject({ details: { ...FRENCH, vatNumber: 'FR40303265045' } });
      const swiss = { ...FRENCH, country: 'CH', vatNumber: 'CHE-107.787.577 MWST' };
      expect((await rest.put('/tax-details', swiss, as(seller))).body).toMatchObject({ details: { vatNumber: 'CHE107787577MWST' } });
      const greek = { ...FRENCH, country: 'GR', vatNumber: '094259216' };
      expect((await rest.put('/tax-details', greek, as(seller))).body).toMatchObject({ details: { vatNumber: 'EL094259216' } });
      expect((await rest.put('/tax-details', { ...FRENCH, vatNumber: '' }, as(seller))).body).toMatchObject({
        details: { vatNumber: null },
      });
    });

    it('are refused with a number that its country does not give out, and for those who do not sell', async () => {
      for (const wrong of [{ vatNumber: 'FR40303265046' }, { country: 'DE' }, { country: 'US', vatNumber: '1' }]) {
        const { status, body } = await rest.put('/tax-details', { ...FRENCH, ...wrong }, as(seller));
        expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('vatNumber')]);
      }
      expect((await rest.put('/tax-details', FRENCH, as(await createPerson(db.database)))).status).toBe(404);
    });
  });
});
