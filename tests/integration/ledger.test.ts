import type { LedgerAccount, LedgerPage, OrderView, SellerBalance, StatementPage, TrialBalance } from '@assay/contract';
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
    const [refund] = await db.database.prisma.refund.findMany({ where: { orderId: id } });
    const cause = `payment:${id}:refund:${refund!.id}`;
    expect(await causes(id)).toEqual([`payment:${id}`, cause, `${cause}:settled`]);
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

  it('shows a seller what they have and how it came to be, and not another seller’s', async () => {
    const { id, seller, move } = await place();
    for (const name of ['pay', 'ship', 'complete'] as const) await move(name);
    const zero = { debt: '0.00', inTransit: '0.00', reserve: '0.00' };
    const [balance] = ((await rest.get('/balance', as(seller))).body as { items: SellerBalance[] }).items;
    const month = { availableFrom: balance!.availableBy, availableBy: balance!.availableBy };
    expect(balance).toEqual({ currency: 'EUR', held: '0.00', available: '0.00', pending: '12.50', ...month, ...zero });
    expect(Date.parse(balance!.availableBy!) - Date.now()).toBeCloseTo(30 * 86_400_000, -5);
    const first = (await rest.get('/balance/statement?currency=EUR&limit=1', as(seller))).body as StatementPage;
    expect(first.items).toMatchObject([
      { kind: 'release', orderId: id, held: '-12.50', balance: '12.50', commission: '0.00', vat: '0.00' },
    ]);
    const second = (await rest.get(`/balance/statement?currency=EUR&limit=1&cursor=${first.nextCursor}`, as(seller))).body;
    expect(second).toMatchObject({
      items: [{ kind: 'payment', orderId: id, held: '12.50', balance: '0.00', isTest: true }],
      nextCursor: null,
    });
    const csv = await fetch(`${api.url}/api/v1/balance/statement.csv`, { headers: { authorization: `Bearer ${as(seller).token}` } });
    expect(
      (await csv.text())
        .split('\n')
        .slice(1, 3)
        .map((line) => line.split(',').slice(2)),
    ).toEqual([
      ['release', String(id), 'yes', 'EUR', '-12.50', '12.50', '0.00', '0.00'],
      ['payment', String(id), 'yes', 'EUR', '12.50', '0.00', '0.00', '0.00'],
    ]);
    const other = await createSeller(db.database);
    expect((await rest.get('/balance', as(other))).body).toEqual({ items: [] });
  });

  it('shows operators its trial balance and entries by order, seller and cause; other people get 403', async () => {
    const { id, seller, move } = await place();
    await move('pay');
    const ops = as(await createPerson(db.database, ['ops']));
    const { currencies } = (await rest.get('/ledger/trial-balance', ops)).body as TrialBalance;
    expect(currencies.map(({ currency, debit, credit }) => [currency, debit === credit])).toEqual([['EUR', true]]);
    const postings = [
      { account: 'clearing', sellerId: seller.id, debit: '12.50', credit: null },
      { account: 'held', sellerId: seller.id, debit: null, credit: '12.50' },
    ];
    for (const filter of [`orderId=${id}`, `sellerId=${seller.id}`, `cause=payment:${id}`]) {
      const { items } = (await rest.get(`/ledger/entries?${filter}`, ops)).body as LedgerPage;
      expect(items, filter).toMatchObject([{ cause: `payment:${id}`, orderId: id, postings }]);
    }
    const csv = await fetch(`${api.url}/api/v1/ledger/entries.csv?orderId=${id}`, { headers: { authorization: `Bearer ${ops.token}` } });
    expect(
      (await csv.text())
        .trim()
        .split('\n')
        .map((line) => line.split(',').slice(-4)),
    ).toEqual([
      ['account', 'seller', 'debit', 'credit'],
      ['clearing', String(seller.id), '12.50', ''],
      ['held', String(seller.id), '', '12.50'],
    ]);
    for (const path of ['/ledger/trial-balance', '/ledger/entries', '/ledger/entries.csv'])
      expect((await rest.get(path, as(seller))).status, path).toBe(403);
  });
});
