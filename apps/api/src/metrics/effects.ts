import type { OutboxEvent, Store } from '@assay/core';

/** What a transaction did that is counted once it is committed. */
export type Effect = OutboxEvent['topic'] | 'profile.created' | 'listing.created';

/** The same store, which notes what is done with it. */
export function noting(store: Store, note: (effect: Effect) => void): Store {
  return {
    ...store,
    outbox: {
      ...store.outbox,
      async append(event, at) {
        await store.outbox.append(event, at);
        note(event.topic);
      },
    },
    sellers: {
      ...store.sellers,
      async open(userId, at) {
        const isNew = await store.sellers.open(userId, at);
        if (isNew) note('profile.created');
        return isNew;
      },
    },
    listings: {
      ...store.listings,
      async create(listing, at) {
        const id = await store.listings.create(listing, at);
        note('listing.created');
        return id;
      },
    },
  };
}
