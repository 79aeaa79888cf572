import { importBankStatement, makeBankFile } from '@assay/core';
import { createPerson, onEachEngine, proveAddresses, useProduct, type Person } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { IBAN, payoutsOn, statementOf } from './lib-payouts.ts';

const BANK = { PAYOUT_BANK_HOLDER: 'Markt & Platz', PAYOUT_BANK_IBAN: 'DE02 1203 0000 0000 2020 51', PAYOUT_BANK_BIC: 'BYLADEM1001' };

onEachEngine('payouts at the bank', (engine) => {
  const product = useProduct(engine, { ...BANK, PAYOUT_HOLD_DAYS: '0' });
  const { db, rest, as } = product;
  let on: ReturnType<typeof payoutsOn>;
  let admin: Person;
  beforeAll(async () => {
    on = payoutsOn(product);
    admin = await createPerson(db.database, ['admin']);
  });
  const makeFile = async () => rest.post('/payouts/bank-files', {}, as(admin));
  const importing = (xml: string) =>
    rest.post('/payouts/statements', undefined, { ...as(admin), raw: xml, headers: { 'content-type': 'application/xml' } });
  const statusOf = async (id: number) => (await db.database.prisma.payout.findUnique({ where: { id } }))!.status;
  /** A payout that a bank file has. */
  async function sent(gross: bigint) {
    const seller = await on.newEarner(gross);
    await on.payOut();
    expect((await makeFile()).status).toBe(200);
    const [payout] = await on.payoutsOf(seller.id);
    return { seller, payout: payout! };
  }

  it('a bank file has the waiting payouts and their IBANs, which nothing else has', async () => {
    const seller = await on.newEarner(12_345n);
    await proveAddresses(db.database, [seller]);
    await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { email: `payee-${seller.id}@example.test` } });
    await on.payOut();
    const { status, headers, body } = await makeFile();
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="payouts-\d{4}-\d\d-\d\d-\d+\.xml"$/);
    expect(headers.get('cache-control')).toBe('no-store');
    const [payout] = await on.payoutsOf(seller.id);
    expect(payout).toMatchObject({ status: 'sent' });
    for (const part of [
      `<EndToEndId>${payout!.reference}</EndToEndId>`,
      '<InstdAmt Ccy="EUR">123.45</InstdAmt>',
      `<IBAN>${IBAN}</IBAN>`,
      '<IBAN>DE02120300000000202051</IBAN>',
      '<Nm>Zoe Lodz</Nm>',
      '<Nm>Markt . Platz</Nm>',
    ])
      expect(body).toContain(part);
    const kept = [
      await db.database.prisma.auditEntry.findMany(),
      await db.database.prisma.payout.findMany(),
      await db.database.prisma.payoutFile.findMany(),
      await db.database.prisma.outboxEvent.findMany(),
      await db.database.prisma.emailMessage.findMany(),
    ];
    const text = JSON.stringify(kept, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    expect(text).not.toMatch(/370400440532|120300000000/);
    expect((await on.audit('payout-file.made')).at(-1)).toMatchObject({ actorId: admin.id });
    expect(await db.database.prisma.emailMessage.findMany({ where: { userId: seller.id } })).toMatchObject([{ kind: 'payout-sent' }]);
    expect(await makeFile()).toMatchObject({ status: 409, body: { code: 'NO_PAYOUTS_WAITING' } });
  });

  it('is written again the same, unless payout details in it were changed; cancelled, its payouts wait again', async () => {
    const seller = await on.newEarner(500n);
    await on.payOut();
    const { body: first } = await makeFile();
    const [payout] = await on.payoutsOf(seller.id);
    const path = `/payouts/bank-files/${payout!.fileId}`;
    expect((await rest.post(`${path}/repeat`, {}, as(admin))).body).toBe(first);
    await on.setDetails(seller.id, { iban: on.OTHER_IBAN, at: new Date(Date.now() + 60_000) });
    expect(await rest.post(`${path}/repeat`, {}, as(admin))).toMatchObject({ status: 409, body: { code: 'PAYOUT_FILE_CHANGED' } });
    expect((await rest.post(`${path}/cancel`, {}, as(admin))).status).toBe(204);
    expect(await statusOf(payout!.id)).toBe('pending');
    expect((await rest.post(`${path}/cancel`, {}, as(admin))).status).toBe(404);
    await on.setDetails(seller.id, { iban: on.OTHER_IBAN });
    expect((await makeFile()).body).toContain(`<IBAN>${on.OTHER_IBAN}</IBAN>`);
  });

  it('is not written again once money of it is back in a balance: it would be paid twice', async () => {
    const { payout } = await sent(700n);
    expect((await rest.post(`/payouts/${payout.id}/settle`, { outcome: 'failed' }, as(admin))).status).toBe(204);
    const again = await rest.post(`/payouts/bank-files/${payout.fileId}/repeat`, {}, as(admin));
    expect(again).toMatchObject({ status: 409, body: { code: 'PAYOUT_FILE_CHANGED' } });
  });

  it('leaves payouts on hold, and those whose details are gone, to the next one', async () => {
    const [held, gone] = [await on.newEarner(500n), await on.newEarner(500n)];
    await on.payOut();
    await rest.post(`/payouts/sellers/${held.id}/hold`, { reason: 'R' }, as(admin));
    await db.database.prisma.sellerPayoutDetails.deleteMany({ where: { userId: gone.id } });
    expect(await makeFile()).toMatchObject({ status: 409, body: { code: 'NO_PAYOUTS_WAITING' } });
    await on.setDetails(gone.id);
    const { body } = await makeFile();
    expect(body.match(/<CdtTrfTxInf>/g)).toHaveLength(1);
    expect((await on.payoutsOf(held.id))[0]).toMatchObject({ status: 'pending' });
  });

  it('a statement says what is paid and what came back, in any order, as often as it likes', async () => {
    const [paid, back] = [await sent(1000n), await sent(2000n)];
    const settled = statementOf(
      { reference: paid.payout.reference, amount: '10.00' },
      { reference: back.payout.reference, amount: '20.00' },
    );
    const returned = statementOf(
      { reference: back.payout.reference, amount: '20.00', returned: 'AC04' },
      { reference: 'RENT', amount: '9.00' },
    );
    expect((await importing(settled)).body).toMatchObject({ entries: 2, paid: 2, unchanged: 0 });
    expect((await importing(returned)).body).toMatchObject({ returned: 1, foreign: 1 });
    for (const again of [settled, returned, settled]) expect((await importing(again)).body).toMatchObject({ paid: 0, returned: 0 });
    expect(await statusOf(paid.payout.id)).toBe('paid');
    expect(await on.payoutsOf(back.seller.id)).toMatchObject([{ status: 'returned', reason: 'AC04' }]);
    expect(await on.balancesOf(back.seller.id)).toMatchObject({ seller_balance: -2000n });
    expect(await on.balancesOf(paid.seller.id)).not.toHaveProperty('payouts_in_transit');
  });

  it('what came back is paid out again only with other payout details, and explained', async () => {
    const { seller, payout } = await sent(3000n);
    await importing(statementOf({ reference: payout.reference, amount: '30.00', returned: 'AC01' }));
    await on.payOut();
    expect(await on.payoutsOf(seller.id)).toHaveLength(1);
    expect((await rest.get('/payouts/overview', as(seller))).body.due).toMatchObject([{ amount: null, reason: 'returned' }]);
    await on.setDetails(seller.id, { iban: on.OTHER_IBAN });
    await on.payOut();
    const again = (await on.payoutsOf(seller.id))[1]!;
    expect(again).toMatchObject({ amountMinor: 3000n, status: 'pending' });
    expect(again.reference).not.toBe(payout.reference);
    const { lines } = (await rest.get(`/payouts/mine/${again.id}`, as(seller))).body;
    expect(lines).toMatchObject([{ kind: 'payout-returned', amount: '30.00' }]);
  });

  it('a credit without an amount of its own is no return: a person looks at it', async () => {
    const { payout } = await sent(3100n);
    const batch = statementOf(
      { reference: payout.reference, amount: '31.00', returned: 'AC04' },
      { reference: 'OTHER', amount: '1.00', returned: 'AC04' },
    );
    const merged = batch.replace(
      '</NtryDtls></Ntry><Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><NtryDtls>',
      '',
    );
    expect(merged).not.toBe(batch);
    expect((await importing(merged)).body).toMatchObject({ returned: 0, unresolved: 1 });
    expect(await statusOf(payout.id)).toBe('unresolved');
  });

  it('no admin settles, frees or writes off their own money, by a statement either', async () => {
    const { seller, payout } = await sent(3200n);
    const own = { token: product.api.tokenFor({ ...seller, roles: ['seller', 'admin'] } as Person) };
    await db.database.prisma.userRole.createMany({ data: [{ userId: seller.id, role: 'admin' }] });
    const xml = statementOf({ reference: payout.reference, amount: '32.00', returned: 'AC04' });
    const raw = { ...own, raw: xml, headers: { 'content-type': 'application/xml' } };
    expect((await rest.post('/payouts/statements', undefined, raw)).body).toMatchObject({ returned: 0, conflict: 1 });
    for (const [path, body] of [
      [`/payouts/${payout.id}/settle`, { outcome: 'failed' }],
      [`/payouts/sellers/${seller.id}/release`, {}],
      [`/payouts/sellers/${seller.id}/write-off`, { currency: 'EUR', amount: '1.00', reason: 'A gift' }],
    ] as const)
      expect((await rest.post(path, body, own)).body.code, path).toBe('OWN_CASE');
    expect(await statusOf(payout.id)).toBe('sent');
  });

  it('a return that ten statements report at once is in the balance once', async () => {
    const { seller, payout } = await sent(4000n);
    const xml = statementOf({ reference: payout.reference, amount: '40.00', returned: 'AC04' });
    await Promise.all(Array.from({ length: 10 }, () => importing(xml)));
    expect(await on.balancesOf(seller.id)).toMatchObject({ seller_balance: -4000n });
  });

  it('another amount than ours is unresolved, and pauses that seller, until a person ends it', async () => {
    const { seller, payout } = await sent(5000n);
    expect((await importing(statementOf({ reference: payout.reference, amount: '49.00' }))).body).toMatchObject({
      unresolved: 1,
      named: [{ payoutId: payout.id, outcome: 'unresolved' }],
    });
    await on.earn(seller.id, 900n);
    expect((await rest.get('/payouts/overview', as(seller))).body.due).toMatchObject([{ reason: 'unresolved' }]);
    expect((await rest.post(`/payouts/${payout.id}/settle`, { outcome: 'paid', reason: 'Fee of the bank' }, as(admin))).status).toBe(204);
    expect(await statusOf(payout.id)).toBe('paid');
    expect((await rest.get('/payouts/overview', as(seller))).body.due).toMatchObject([{ amount: '9.00', reason: null }]);
  });

  it('a payout that is back in the balance and paid by the bank is named', async () => {
    const { payout } = await sent(600n);
    expect((await rest.post(`/payouts/${payout.id}/settle`, { outcome: 'failed' }, as(admin))).status).toBe(204);
    expect((await importing(statementOf({ reference: payout.reference, amount: '6.00' }))).body).toMatchObject({
      conflict: 1,
      named: [{ payoutId: payout.id, outcome: 'conflict' }],
    });
  });

  it('an admin settles a payout by hand, once', async () => {
    const seller = await on.newEarner(800n, { currency: 'USD' });
    await on.payOut();
    const [payout] = await on.payoutsOf(seller.id);
    const settle = (outcome: string) => rest.post(`/payouts/${payout!.id}/settle`, { outcome }, as(admin));
    const answers = await Promise.all([settle('paid'), settle('paid'), settle('failed')]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409, 409]);
    expect((await rest.post('/payouts/999999/settle', { outcome: 'paid' }, as(admin))).status).toBe(404);
  });

  it('what a seller owes is written off, as far as it is owed', async () => {
    const seller = await on.newEarner(0n);
    await on.owe(seller.id, 1000n);
    const writeOff = (amount: string) =>
      rest.post(`/payouts/sellers/${seller.id}/write-off`, { currency: 'EUR', amount, reason: 'The seller is gone.' }, as(admin));
    expect((await writeOff('10.01')).body.code).toBe('DEBT_TOO_SMALL');
    expect((await writeOff('0.001')).status).toBe(400);
    expect((await writeOff('4.00')).status).toBe(204);
    expect(await on.balancesOf(seller.id)).toMatchObject({ seller_debt: 600n, write_off: 400n });
    expect((await on.audit('payouts.written-off')).at(-1)).toMatchObject({ actorId: admin.id });
  });

  it('a file that is no statement changes nothing', async () => {
    expect((await importing('<Document/>')).status).toBe(400);
    expect((await rest.post('/payouts/statements', {}, as(admin))).status).toBe(415);
    const someone = await createPerson(db.database);
    await expect(
      importBankStatement(product.api.container.context({ kind: 'user', ...someone, sessionId: '' }, 'r'), new Uint8Array()),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('money of the test provider goes into no bank file in production', async () => {
    const seller = await on.newEarner(700n, { isTest: true });
    await on.payOut();
    expect((await on.payoutsOf(seller.id))[0]).toMatchObject({ isTest: true });
    const ctx = on.system();
    const production = { ...ctx, settings: { ...ctx.settings, payouts: { ...ctx.settings.payouts, sendsTestMoney: false } } };
    await expect(makeBankFile(production)).rejects.toMatchObject({ code: 'NO_PAYOUTS_WAITING' });
    expect((await makeFile()).status).toBe(200);
  });
});
