import type { PayoutDetailsView } from '@assay/contract';
import { resealPayoutDetails, type Context } from '@assay/core';
import { createPerson, onEachEngine, restClient, startApi } from '@assay/testing';
import { expect, it, onTestFinished } from 'vitest';
import { onboardingOn, PASSWORD, useOnboarding, type Newcomer } from './lib-onboarding.ts';

const IBAN = 'DE89 3704 0044 0532 0130 00';
const BANK = { method: 'bank', holder: 'Ada Byron', iban: IBAN };
const WALLET = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const NUMBERS = /370400440532013|Ada Byron|d8da6bf26964af9d7eed9e03e53415d37aa96045/i;

onEachEngine('payout details', (engine) => {
  const on = useOnboarding(engine);
  const { db } = on;

  /** An API with these keys on the same database, until the test ends. */
  async function withKeys(keys: string) {
    const api = await startApi(db, { PAYOUT_DETAILS_KEY: keys });
    onTestFinished(() => api.close());
    const rest = restClient(api.url);
    return { rest, ...onboardingOn({ db, api, rest }) };
  }
  const save = (who: { token: string }, input: object, current: string | null = PASSWORD) =>
    on.rest.post('/payout-details', { ...input, ...(current === null ? {} : { current }) }, who);
  const details = async (who: Newcomer) => ((await on.rest.get('/payout-details', who)).body as PayoutDetailsView).details;
  const link = (userId: number, address = WALLET) =>
    db.database.prisma.wallet.createMany({ data: [{ address: address.toLowerCase(), userId, chainId: 1 }] });

  it('a bank account is kept sealed, shown in a few digits, and its owner gets an e-mail at the confirmed address', async () => {
    const seller = await on.newSeller();
    await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { emailVerifiedAt: new Date() } });
    expect(await details(seller)).toBeNull();
    const { status, body } = await save(seller, { ...BANK, bic: 'COBADEFFXXX' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      offered: true,
      asksPassword: true,
      details: { method: 'bank', masked: 'DE89 •••• 3000', state: 'ready' },
    });
    const row = await db.database.prisma.sellerPayoutDetails.findUnique({ where: { userId: seller.id } });
    const seen = [
      body,
      row,
      await on.emailsTo(seller.email),
      await db.database.prisma.auditEntry.findMany(),
      await db.database.prisma.outboxEvent.findMany({ where: { subjectId: seller.id } }),
    ];
    expect(JSON.stringify(seen)).not.toMatch(NUMBERS);
    expect((await on.audit('payout-details.changed'))[0]).toMatchObject({ actorId: seller.id, detail: '{"method":"bank"}' });
    expect(await on.outbox('payout-details.changed', seller.id)).toBe(1);
    const notice = (await on.emailsTo(seller.email)).at(-1)!;
    expect(notice).toMatchObject({ kind: 'payout-changed' });
    expect(notice.textBody).toContain('DE89 •••• 3000');
  });

  it('a change asks for the password where there is one, and a wrong one changes nothing', async () => {
    const seller = await on.newSeller();
    expect(await save(seller, BANK, null)).toMatchObject({ status: 403, body: { code: 'CONFIRMATION_NEEDED' } });
    expect(await save(seller, BANK, 'wrong password')).toMatchObject({ status: 403, body: { code: 'WRONG_PASSWORD' } });
    expect(await details(seller)).toBeNull();
    await save(seller, BANK);
    expect((await on.rest.post('/payout-details/remove', { current: 'wrong' }, seller)).status).toBe(403);
    const events = await on.outbox('payout-details.changed', seller.id);
    expect((await on.rest.post('/payout-details/remove', { current: PASSWORD }, seller)).body.details).toBeNull();
    expect(await on.outbox('payout-details.changed', seller.id)).toBe(events + 1);
    expect((await on.audit('payout-details.removed'))[0]).toMatchObject({ actorId: seller.id });
  });

  it('a wallet has to be linked to the account, and is known to be gone when it is not any more', async () => {
    const seller = await on.newSeller();
    const crypto = { method: 'crypto', wallet: WALLET, currency: 'USDC' };
    expect(await save(seller, crypto)).toMatchObject({ status: 404, body: { code: 'WALLET_NOT_FOUND' } });
    await link(seller.id);
    expect((await save(seller, crypto)).body.details).toMatchObject({
      method: 'crypto',
      masked: '0xd8dA…6045',
      currency: 'USDC',
      state: 'ready',
    });
    await on.rest.post(`/auth/wallets/${WALLET}/unlink`, { current: PASSWORD }, seller);
    expect(await details(seller)).toMatchObject({ state: 'wallet-gone' });
    await link((await on.newSeller()).id); // another seller's now
    expect((await save(seller, crypto)).status).toBe(404);
  });

  it.each([
    ['a mistyped IBAN', { ...BANK, iban: 'DE89 3704 0044 0532 0130 01' }, 'iban'],
    ['no IBAN', { ...BANK, iban: '' }, 'iban'],
    ['a BIC that is none', { ...BANK, bic: 'COBA' }, 'bic'],
    ['an account without a holder', { ...BANK, holder: '' }, 'holder'],
    ['a currency that no wallet takes', { method: 'crypto', wallet: WALLET, currency: 'EUR' }, 'currency'],
    ['half a wallet', { method: 'crypto', wallet: '0x12', currency: 'ETH' }, 'wallet'],
  ])('%s is refused by its field', async (_what, input, field) => {
    const answer = await save(await on.newSeller(), input);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
  });

  it('they are their owner’s alone; who has no store has none', async () => {
    const seller = await on.newSeller();
    await save(seller, BANK);
    expect((await on.rest.get('/payout-details')).status).toBe(401);
    expect((await save({ token: 'x' }, BANK)).status).toBe(401);
    const admin = await createPerson(db.database, ['admin']);
    expect((await on.rest.get('/payout-details', { token: on.api.tokenFor(admin) })).body.details).toBeNull();
    expect((await save(await on.register(), BANK)).body.code).toBe('SELLER_NOT_FOUND');
    expect((await on.rest.get('/payout-details/remove', seller)).status).toBe(405);
  });

  it('ten changes at once: the last one stands, each is counted', async () => {
    const seller = await on.newSeller();
    const answers = await Promise.all(Array.from({ length: 10 }, () => save(seller, BANK)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await db.database.prisma.sellerPayoutDetails.findUnique({ where: { userId: seller.id } })).toMatchObject({ version: 10 });
  });

  it('with a new key, what an older one sealed is sealed anew; what no key reads has to be entered again', async () => {
    const seller = await on.newSeller();
    await save(seller, BANK);
    const keys = { old: on.api.container.config.payoutKeys[0]!.toString('base64'), next: Buffer.alloc(32, 9).toString('base64') };
    const both = await withKeys(`${keys.next},${keys.old}`);
    const onlyNext = await withKeys(keys.next);
    const state = async (there: typeof both) =>
      ((await there.rest.get('/payout-details', seller)).body as PayoutDetailsView).details!.state;
    expect([await state(both), await state(onlyNext)]).toEqual(['ready', 'unreadable']);
    expect((await resealPayoutDetails(onlyNext.system())).unreadable).toBeGreaterThan(0);
    expect((await resealPayoutDetails(both.system())).resealed).toBeGreaterThan(0);
    expect([await state(both), await state(onlyNext)]).toEqual(['ready', 'ready']);
    expect(await resealPayoutDetails(both.system())).toEqual({ resealed: 0, unreadable: 0 });
    const person: Context = on.api.container.context({ kind: 'user', id: seller.id, roles: ['admin'], sessionId: '' }, 'r');
    await expect(resealPayoutDetails(person)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a hundred rows that no key reads, before the others, do not keep these from being sealed anew', async () => {
    const people = await Promise.all(Array.from({ length: 101 }, () => createPerson(db.database)));
    const at = new Date();
    const lost = { method: 'bank', sealed: 'lost', keyId: 'lost', masked: '…', currency: 'EUR', version: 1, createdAt: at, updatedAt: at };
    await db.database.prisma.sellerPayoutDetails.createMany({ data: people.map(({ id: userId }) => ({ userId, ...lost })) });
    const seller = await on.newSeller();
    await save(seller, BANK);
    const next = await withKeys(`${Buffer.alloc(32, 11).toString('base64')},${on.api.container.config.payoutKeys[0]!.toString('base64')}`);
    const keyId = async () => (await db.database.prisma.sellerPayoutDetails.findUniqueOrThrow({ where: { userId: seller.id } })).keyId;
    const before = await keyId();
    expect((await resealPayoutDetails(next.system())).unreadable).toBeGreaterThanOrEqual(101);
    expect(await keyId()).not.toBe(before);
    await db.database.prisma.sellerPayoutDetails.deleteMany({ where: { keyId: 'lost' } });
  });

  it('without a key nothing is kept, and the page can say so', async () => {
    const without = await withKeys('');
    const seller = await without.newSeller();
    expect((await without.rest.get('/payout-details', seller)).body).toMatchObject({ offered: false, details: null });
    expect((await without.rest.post('/payout-details', { ...BANK, current: PASSWORD }, seller)).body.code).toBe('PAYOUT_NOT_SET_UP');
  });
});
