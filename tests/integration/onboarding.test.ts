import type { OnboardingView, OnboardingStepName, SellerPageData } from '@assay/contract';
import { createPerson, onEachEngine } from '@assay/testing';
import { describe, expect, it } from 'vitest';
import { useOnboarding, PASSWORD } from './lib-onboarding.ts';

onEachEngine('onboarding', (engine) => {
  const on = useOnboarding(engine);
  const { db } = on;

  const get = async (who: { token: string }) => (await on.rest.get('/onboarding', who)).body as OnboardingView;
  const move = (who: { token: string }, step: string, skip?: string) =>
    on.rest.post('/onboarding/move', { step, ...(skip ? { skip } : {}) }, who);
  const doneIn = ({ steps }: OnboardingView): OnboardingStepName[] => steps.filter(({ done }) => done).map(({ name }) => name);
  const link = (userId: number) =>
    db.database.prisma.wallet.createMany({ data: [{ address: `0x${userId.toString(16).padStart(40, '0')}`, userId, chainId: 1 }] });

  describe('steps', () => {
    it('what is done is what the data says, in any way it was done', async () => {
      const ada = await on.register();
      expect(doneIn(await get(ada))).toEqual([]);
      await link(ada.id);
      await on.saveProfile(ada, { displayName: 'Kiln' });
      expect(doneIn(await get(ada))).toEqual(['wallet', 'profile']);
      await on.rest.post('/verification/email/confirm', { token: await on.linkTo(ada.email) });
      await on.rest.post('/payout-details', { method: 'bank', holder: 'A', iban: 'DE89370400440532013000', current: PASSWORD }, ada);
      await on.rest.post('/listings', { title: 'Bowl', price: '5', currency: 'EUR' }, ada);
      expect(doneIn(await get(ada))).toEqual(['wallet', 'profile', 'verification', 'payout', 'listing']);
      const unlinked = await on.rest.post(`/auth/wallets/0x${ada.id.toString(16).padStart(40, '0')}/unlink`, { current: PASSWORD }, ada);
      expect(unlinked.status).toBe(204);
      expect(doneIn(await get(ada))).not.toContain('wallet');
    });

    it('a new account by wallet begins with the profile; another device goes on at the same place', async () => {
      const person = await createPerson(db.database);
      await link(person.id);
      const [here, there] = [{ token: on.api.tokenFor(person) }, { token: on.api.tokenFor(person) }];
      expect((await get(here)).current).toBe('profile');
      expect((await move(here, 'image')).body.code).toBe('ONBOARDING_INCOMPLETE');
      await on.facade('POST', person.id, here.token, { displayName: 'Kiln' });
      await move(here, 'payout', 'image');
      expect(await get(there)).toMatchObject({ current: 'payout', completedAt: null });
      expect((await get(there)).steps.find(({ name }) => name === 'image')).toMatchObject({ done: false, skipped: true });
    });

    it('everything but the profile can be left for later, and completing leaves the rest', async () => {
      const ada = await on.register();
      expect((await move(ada, 'profile', 'wallet')).status).toBe(200);
      expect((await move(ada, 'profile', 'profile')).body.code).toBe('ONBOARDING_STEP_NEEDED');
      expect((await move(ada, 'party')).status).toBe(400);
      const complete = () => on.rest.post('/onboarding/complete', undefined, ada);
      expect((await complete()).body.code).toBe('ONBOARDING_INCOMPLETE');
      await on.saveProfile(ada, { displayName: 'Kiln' });
      const { status, body } = await complete();
      expect(status).toBe(200);
      expect(body.completedAt).toEqual(expect.any(String));
      expect(body.steps.filter(({ skipped }: { skipped: boolean }) => skipped).map(({ name }: { name: string }) => name)).toEqual([
        'wallet',
        'image',
        'verification',
        'payout',
        'listing',
      ]);
      expect((await complete()).body.completedAt).toBe(body.completedAt);
      expect(await on.audit('onboarding.completed')).toHaveLength(1);
      expect(await on.outbox('onboarding.changed', ada.id)).toBeGreaterThan(2);
    });

    it('ten moves at once leave one place', async () => {
      const ada = await on.newSeller();
      const answers = await Promise.all(['image', 'verification', 'payout', 'listing', 'image'].map((step) => move(ada, step, 'wallet')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(await db.database.prisma.sellerOnboarding.count({ where: { userId: ada.id } })).toBe(1);
    });

    it('is for signed-in people', async () => {
      for (const answer of [
        await on.rest.get('/onboarding'),
        await on.rest.post('/onboarding/complete'),
        await on.rest.get('/onboarding/profile'),
      ])
        expect(answer.status).toBe(401);
    });
  });

  describe('the profile', () => {
    const FULL = {
      displayName: 'Kiln & Co.',
      bio: 'Stoneware.',
      location: 'Évora',
      contactEmail: 'Hello@Kiln.example',
      showContactEmail: true,
      website: 'https://kiln.example/shop?a=1',
      socialLinks: { instagram: '@kiln', youtube: 'https://www.youtube.com/@kiln?si=x', x: '' },
    };

    it('says what the seller says, to everybody, with what is derived', async () => {
      const seller = await on.newSeller();
      expect((await on.saveProfile(seller, FULL)).status).toBe(200);
      const { body } = await on.facade('GET', seller.id, null);
      expect(body).toMatchObject({
        sellerId: seller.id,
        displayName: 'Kiln & Co.',
        contactEmail: 'hello@kiln.example',
        website: 'https://kiln.example/shop?a=1',
        socialLinks: { instagram: 'https://www.instagram.com/kiln', youtube: 'https://www.youtube.com/@kiln' },
        tierId: 'bronze',
        coverImage: null,
        verificationStatus: { email: 'none', wallet: 'none', documents: 'none' },
        stats: { activeListings: 0, completedSales: 0 },
        updatedAt: expect.any(String) as string,
      });
      const page = await fetch(
        `${on.api.url}/trpc/sellers.page?input=${encodeURIComponent(JSON.stringify({ id: seller.id, limit: 10, sort: 'newest' }))}`,
      );
      const { about } = ((await page.json()) as { result: { data: SellerPageData } }).result.data;
      expect(about).toMatchObject({ website: 'https://kiln.example/shop?a=1', contactEmail: 'hello@kiln.example' });
    });

    it('the contact e-mail is shown only where the seller says so; what is left out stays, what is empty goes', async () => {
      const seller = await on.newSeller();
      await on.saveProfile(seller, { ...FULL, showContactEmail: false });
      expect((await on.facade('GET', seller.id, null)).body).toMatchObject({ contactEmail: null, website: FULL.website });
      expect((await on.rest.get('/onboarding/profile', seller)).body).toMatchObject({
        contactEmail: 'hello@kiln.example',
        showContactEmail: false,
      });
      await on.saveProfile(seller, { website: '', bio: null });
      expect((await on.facade('GET', seller.id, null)).body).toMatchObject({ website: null, bio: null, location: 'Évora' });
      await on.saveProfile(seller, { socialLinks: { github: 'kiln' } });
      expect((await on.facade('GET', seller.id, null)).body.socialLinks).toEqual({ github: 'https://github.com/kiln' });
    });

    it.each([
      ['website', 'http://kiln.example'],
      ['website', 'javascript:alert(1)'],
      ['website', 'https://me:secret@kiln.example'],
      ['website', 'https://localhost'],
      ['website', 'https://127.0.0.1/'],
      ['contactEmail', 'no-address'],
      ['socialLinks', { instagram: 'https://evil.example/kiln' }],
      ['socialLinks', { instagram: 'https://instagram.com.evil.example/kiln' }],
      ['socialLinks', { x: 'javascript:alert(1)' }],
      ['socialLinks', { instagram: 'a b' }],
    ])('%s cannot be %j', async (field, value) => {
      const answer = await on.saveProfile(await on.newSeller(), { [field]: value });
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0].field).toMatch(new RegExp(`^${field}`));
    });

    it('only its owner changes it, not an admin either', async () => {
      const seller = await on.newSeller();
      const admin = await createPerson(db.database, ['admin']);
      for (const [token, status] of [
        [null, 401],
        [(await on.newSeller()).token, 403],
        [on.api.tokenFor(admin), 403],
      ] as const)
        for (const method of ['PATCH', 'POST']) expect((await on.facade(method, seller.id, token, { bio: 'Mine.' })).status).toBe(status);
    });
  });
});
