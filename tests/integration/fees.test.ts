import type { OrderView } from '@assay/contract';
import { feesOfOrder } from '@assay/core';
import { createPerson, createSeller, onEachEngine, useProduct } from '@assay/testing';
import { describe, expect, it } from 'vitest';

const YESTERDAY = new Date(Date.now() - 24 * 3_600_000);

onEachEngine('commission', (engine) => {
  const { db, rest, api, as } = useProduct(engine);

  const addRule = (is: object) =>
    db.database.prisma.commissionRule.createMany({
      data: [{ basisPoints: 0, fixedMinor: 0n, minimumMinor: 0n, validFrom: YESTERDAY, createdBy: 1, createdAt: YESTERDAY, ...is }],
    });
  const place = async (listingId: number) => {
    const buyer = await createPerson(db.database);
    const { status, body } = await rest.post('/orders', { listingId }, as(buyer));
    expect(status).toBe(201);
    return (body as OrderView).id;
  };
  const fees = (id: number) => feesOfOrder(api.container.context({ kind: 'anonymous' }, 'test'), { id });

  describe('of an order', () => {
    it('is nothing without a rule, and for an order of before', async () => {
      const seller = await createSeller(db.database);
      expect(await fees(await place(seller.listingId))).toEqual({ commission: 0n, vat: 0n });
      expect(await fees(987_654)).toEqual({ commission: 0n, vat: 0n });
    });

    it('is frozen when it is placed: later rules and tax details do not reach it', async () => {
      const seller = await createSeller(db.database);
      const listing = await db.database.prisma.sellerListing.findUniqueOrThrow({ where: { id: seller.listingId } });
      await addRule({ sellerId: seller.id, basisPoints: 1000 });
      const before = await place(seller.listingId);
      const commission = listing.priceE8 / 10_000_000n;
      const charged = { commission, vat: (commission * 19n + 50n) / 100n };
      expect(await fees(before)).toEqual(charged);

      await addRule({ sellerId: seller.id, basisPoints: 2000, validFrom: new Date() });
      const details = { name: 'N', address: 'A', country: 'FR', vatNumber: 'FR40303265045', updatedAt: new Date() };
      await db.database.prisma.sellerTaxDetails.createMany({ data: [{ userId: seller.id, ...details }] });
      expect(await fees(before)).toEqual(charged);
      const after = await place(seller.listingId);
      expect(await fees(after)).toEqual({ commission: commission * 2n, vat: 0n });
      const row = await db.database.prisma.orderFees.findUniqueOrThrow({ where: { orderId: after }, include: { lines: true } });
      expect(row).toMatchObject({ vatTreatment: 'reverse-charge', vatCountry: null, lines: [{ line: 1, basisPoints: 2000 }] });
    });
  });
});
