import { ROOT } from '@assay/api';
import type { Role } from '@assay/contract';
import { migrationNames } from '@assay/database/migrate';
import type { Answer, ServerProcess } from '@assay/testing';
import { call, onEachEngine, recount, recountDays, spawnApi, storedAggregates, storedDays, useDatabase } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { brokenFor } from '../../scripts/lib/database-state.ts';
import { createReleaseBefore, hasReleaseBefore } from './release-before.ts';

const PASSWORD = 'a long enough pass phrase';
let serial = 0;
let before: ReturnType<typeof createReleaseBefore>;

/** Requests to one release; each must be answered 2xx. */
type Api = (method: string, path: string, body?: unknown, token?: string) => Promise<Answer['body']>;
const clientOf = (server: ServerProcess): Api => {
  return async (method, path, body, token) => {
    const answer = await call(`${server.url}/api/v1`, method, path, body, token ? { token } : {});
    if (answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}\n${server.output()}`);
    return answer.body;
  };
};

/** An account, with a token of each release. */
interface Account {
  id: number;
  on: Map<Api, string>;
}

describe.skipIf(!hasReleaseBefore())('the release before (skipped where the git history is not there: it is run from its commit)', () => {
  beforeAll(() => {
    before = createReleaseBefore();
  }, 300_000);
  afterAll(() => before?.remove());

  onEachEngine('on the present migrations, beside the present release', (engine) => {
    const db = useDatabase(engine);
    let processes: ServerProcess[] = [];
    let [old, present]: Api[] = [];
    beforeAll(async () => {
      processes = await Promise.all([spawnApi(db.url, { LOG_LEVEL: 'warn' }, before.root), spawnApi(db.url, { LOG_LEVEL: 'warn' })]);
      [old, present] = processes.map(clientOf);
    }, 120_000);
    afterAll(() => Promise.all(processes.map((one) => one.stop())));

    it.each([
      ['before', 'present'],
      ['present', 'before'],
    ])('%s writes, %s goes on with what it wrote', { timeout: 240_000 }, async (first) => {
      const [a, b] = first === 'before' ? [old!, present!] : [present!, old!];
      const register = async (name: string, roles: Role[] = []): Promise<Account> => {
        const account = { email: `${name.toLowerCase()}-${(serial += 1)}@mail.example`, password: PASSWORD };
        const { user } = await a('POST', '/auth/register', { ...account, fullName: name });
        await db.database.prisma.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date() } });
        await db.database.prisma.userRole.createMany({ data: roles.map((role) => ({ userId: user.id, role })) });
        const on = new Map<Api, string>();
        for (const api of [b, a]) on.set(api, (await api('POST', '/auth/login', account)).token);
        return { id: user.id, on };
      };
      const as = (who: Account, api: Api) => (method: string, path: string, body?: unknown) => api(method, path, body, who.on.get(api));
      const [seller, buyer, other] = [await register('Seller'), await register('Buyer'), await register('Other')];
      const admin = await register('Admin', ['admin', 'ops']);

      const listing = { title: 'Serving bowl', price: '86.00', currency: 'EUR', category: 'ceramics/bowls' };
      const draft = await as(seller, a)('POST', '/listings', listing);
      await as(seller, b)('POST', `/listings/${draft.id}/publish`);
      const offered = await as(seller, a)('POST', '/listings', { ...listing, publish: true });
      const edited = await as(seller, b)('PATCH', `/listings/${offered.id}`, { version: offered.version, title: 'Deep bowl' });
      await as(seller, a)('POST', `/listings/${offered.id}/pause`);
      await as(seller, b)('POST', `/listings/${offered.id}/resume`);
      expect(edited.title).toBe('Deep bowl');
      const gone = await as(seller, a)('POST', '/listings', listing);
      await as(seller, b)('DELETE', `/listings/${gone.id}`);

      const completed: number[] = [];
      for (const [who, { id }] of [
        [buyer, draft],
        [other, offered],
      ] as const) {
        const order = await as(who, a)('POST', '/orders', { listingId: id });
        await as(who, b)('POST', `/orders/${order.id}/pay`);
        await expect.poll(async () => (await as(who, b)('GET', `/orders/${order.id}`)).status, { timeout: 30_000 }).toBe('paid');
        await as(seller, a)('POST', `/orders/${order.id}/ship`);
        await as(who, b)('POST', `/orders/${order.id}/complete`);
        completed.push(order.id);
      }
      expect(completed).toHaveLength(2);
      const rating = await as(buyer, a)('POST', '/ratings', { sellerId: seller.id, rating: 5, comment: 'Packed in wool.' });
      await as(buyer, b)('PATCH', `/ratings/${rating.id}`, { rating: 4 });
      await as(seller, a)('POST', `/ratings/${rating.id}/reply`, { text: 'Thank you.' });
      await as(other, b)('POST', `/ratings/${rating.id}/helpful`);
      await as(other, a)('POST', `/ratings/${rating.id}/report`, { reason: 'fake' });
      const withdrawn = await as(other, a)('POST', '/ratings', { sellerId: seller.id, rating: 1 });
      await as(other, b)('DELETE', `/ratings/${withdrawn.id}`);
      await as(other, a)('POST', '/ratings', { sellerId: seller.id, rating: 2 });

      await as(other, a)('PUT', `/sellers/${seller.id}/follow`);
      await as(other, b)('DELETE', `/sellers/${seller.id}/follow`);
      await as(other, b)('PUT', `/sellers/${seller.id}/follow`);
      const kept = await as(seller, a)('POST', '/listings', { ...listing, publish: true });
      await as(seller, b)('PUT', '/store/featured', { listingIds: [kept.id] });
      await as(seller, b)('PUT', '/store/vacation', { closedUntil: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) });
      await as(seller, a)('PUT', '/store/vacation', { closedUntil: null });
      const bank = { method: 'bank', holder: 'Seller', iban: 'DE89370400440532013000', current: PASSWORD };
      await as(seller, a)('POST', '/payout-details', bank);
      await as(seller, b)('POST', '/payout-details/remove', { current: PASSWORD });
      await as(seller, b)('POST', '/payout-details', bank);
      await as(seller, a)('POST', '/onboarding/complete');
      await as(seller, b)('PATCH', '/auth/me', { fullName: 'Another name' });

      const statement = 'It names where a person lives.';
      await as(admin, a)('POST', `/moderation/ratings/${rating.id}/strike`, { reason: 'personal-data', statement });
      await as(admin, b)('POST', `/moderation/ratings/${rating.id}/restore`, { statement });
      await as(other, b)('POST', `/ratings/${rating.id}/report`, { reason: 'fake' });
      await as(admin, a)('POST', `/moderation/ratings/${rating.id}/dismiss`, { statement });
      await as(admin, a)('POST', '/categories', { parent: 'other', name: `Boxes ${first}` });
      await as(admin, b)('POST', '/categories/retire', { path: `other/boxes-${first}`, retired: true });
      await as(admin, a)('POST', '/operations/maintenance', { kind: 'verify' });
      await as(admin, b)('POST', '/operations/repair', { sellerId: seller.id });

      for (const api of [a, b]) expect((await api('GET', `/ratings/seller/${seller.id}/summary`)).totalRatings).toBe(2);
      expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
      expect(await storedDays(db.database, seller.id)).toEqual(await recountDays(db.database, seller.id));
      // A probe may find a busy machine too slow; nothing else may fail.
      const failures = processes.flatMap((one) => one.output().match(/^.*"level":"?(error|fatal|50|60).*$/gm) ?? []);
      expect(failures.filter((line) => !line.includes('"probe"'))).toEqual([]);
    });
  });
});

describe('a release from before a migration that breaks older code', () => {
  const db = useDatabase('sqlite');

  it('is named with what it cannot do on the present schema; later ones are not', async () => {
    const all = migrationNames(ROOT, 'sqlite');
    const broken = '20240101000012_add_listing_lifecycle';
    vi.stubEnv('DATABASE_URL', db.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await brokenFor(all.slice(0, all.indexOf(broken)))).toEqual([{ name: broken, breaks: 'create listings' }]);
    expect(await brokenFor(all.slice(0, all.indexOf(broken) + 1))).toEqual([]);
  });
});
