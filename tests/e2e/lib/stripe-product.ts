import { createTestDatabase, freePort, runTasks, spawnWeb } from '@assay/testing';
import { connectOn, CONNECT_SECRET, startConnectShop } from '../../integration/lib-stripe-payouts.ts';

/** The whole product with Stripe's twin in place of Stripe, and an empty database. The API is in this process. */
export async function startStripeProduct() {
  const db = await createTestDatabase('sqlite');
  const url = `http://127.0.0.1:${await freePort()}`;
  const shop = await startConnectShop(db, { PUBLIC_URL: url });
  const web = await spawnWeb(shop.api.url, { PORT: new URL(url).port });
  const on = connectOn(db, shop);
  const heard = new Set<string>();
  return {
    url,
    db,
    on,
    twin: shop.twin,
    /** What is due is paid out, as far as the bank. @returns how far the clock of tasks is ahead */
    async payOut(): Promise<number> {
      const laterMs = await on.payOut();
      await on.sendAll(laterMs);
      return laterMs;
    },
    /** The product gets what the twin has said since. */
    async deliver(laterMs: number): Promise<void> {
      const ids = shop.twin.events.map(({ id }) => id).filter((id) => !heard.has(id));
      for (const id of ids) heard.add(id);
      await shop.twin.deliver({ url: `${url}/webhooks/stripe`, secret: CONNECT_SECRET }, ids);
      await runTasks(shop.api.container, 'provider-event.apply', { laterMs });
      await on.sendAll(laterMs);
    },
    async stop(): Promise<void> {
      await web.stop();
      await shop.close();
      await db.drop();
    },
  };
}
export type StripeProduct = Awaited<ReturnType<typeof startStripeProduct>>;
