import type { LedgerAccount, OrderView } from '@assay/contract';
import { post } from '@assay/core';
import { createPerson, createSeller, onEachEngine, useProduct } from '@assay/testing';
import { expect, it } from 'vitest';

onEachEngine('the ledger', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  const system = () => api.container.context({ kind: 'system', name: 'test' }, 'test');

  async function place() {
    const seller = await createSeller(db.database);
    const buyer = await createPerson(db.database);
    const { id } = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body as OrderView;
    const by = { pay: buyer, complete: buyer, cancel: buyer, ship: seller };
    const move = async (name: keyof typeof by) =>
      expect((await rest.post(`/orders/${id}/${name}`, undefined, as(by[name]))).status).toBe(200);
    return { id, seller, move };
  }
  const causes = async (orderId: number) =>
    (await db.database.prisma.ledgerEntry.findMany({ where: { orderId }, orderBy: { id: 'asc' } })).map(({ cause }) => cause);
  /** Balances that are not zero, in cents. */
  async function balances(sellerId: number): Promise<Partial<Record<LedgerAccount, number>>> {
    const rows = await db.database.prisma.ledgerBalance.findMany({ where: { sellerId, balanceMinor: { not: 0 } } });
    return Object.fromEntries(rows.map(({ account, balanceMinor }) => [account, Number(balanceMinor)]));
  }

  it('holds a captured payment, and releases it when the order is completed', async () => {
    const { id, seller, move } = await place();
    await move('pay');
    expect(await balances(seller.id)).toEqual({ clearing: 1250, held: -1250 });
    await move('ship');
    await move('complete');
    expect(await balances(seller.id)).toEqual({ clearing: 1250, seller_balance: -1250 });
    expect(await causes(id)).toEqual([`payment:${id}`, `payment:${id}:release`]);
    const entry = await db.database.prisma.ledgerEntry.findFirstOrThrow({ where: { orderId: id }, include: { postings: true } });
    expect(entry).toMatchObject({ kind: 'payment', currency: 'EUR', isTest: true, lines: 2 });
    expect(entry.postings.map(({ account, amountMinor }) => [account, amountMinor])).toEqual([
      ['clearing', 1250n],
      ['held', -1250n],
    ]);
  });

  it('gives the payment of a cancelled order back', async () => {
    const { id, seller, move } = await place();
    await move('pay');
    await move('cancel');
    expect(await balances(seller.id)).toEqual({});
    expect(await causes(id)).toEqual([`payment:${id}`, `payment:${id}:refund`, `payment:${id}:refund:settled`]);
  });

  it('posts the payment that an older release captured when its order goes on', async () => {
    for (const [name, expected] of [
      ['complete', { clearing: 1250, seller_balance: -1250 }],
      ['cancel', {}],
    ] as const) {
      const { id, seller, move } = await place();
      const captured = { orderId: id, provider: 'test', reference: 'r', amountE8: 1_250_000_000n, currency: 'EUR', status: 'captured' };
      await db.database.prisma.payment.createMany({ data: [captured] });
      await db.database.prisma.order.updateMany({ where: { id }, data: { status: name === 'complete' ? 'shipped' : 'paid' } });
      await move(name);
      expect(await balances(seller.id)).toEqual(expected);
    }
  });

  it('posts a cause once, and no entry that does not sum to zero', async () => {
    const { id: sellerId } = await createSeller(db.database);
    const entry = (amount: bigint) => ({
      cause: `adjustment:${sellerId}`,
      kind: 'adjustment' as const,
      currency: 'EUR',
      lines: [
        { account: 'clearing' as const, sellerId, amountMinor: 5n },
        { account: 'seller_balance' as const, sellerId, amountMinor: amount },
      ],
    });
    await expect(system().change((tx) => post(tx, entry(-4n)))).rejects.toThrow('not to zero');
    const posted = await Promise.all(Array.from({ length: 4 }, () => system().change((tx) => post(tx, entry(-5n)))));
    expect(posted.filter(Boolean)).toHaveLength(1);
    expect(await balances(sellerId)).toEqual({ clearing: 5, seller_balance: -5 });
  });

  it('refuses an entry that takes more than there is, with the whole change', async () => {
    const { id: sellerId } = await createSeller(db.database);
    const take = system().change((tx) =>
      post(tx, {
        cause: `adjustment:below:${sellerId}`,
        kind: 'adjustment',
        currency: 'EUR',
        lines: [
          { account: 'seller_balance', sellerId, amountMinor: 1n },
          { account: 'clearing', sellerId, amountMinor: -1n },
        ],
      }),
    );
    await expect(take).rejects.toThrow();
    expect(await balances(sellerId)).toEqual({});
    expect(await db.database.prisma.ledgerEntry.count({ where: { cause: `adjustment:below:${sellerId}` } })).toBe(0);
  });
});
