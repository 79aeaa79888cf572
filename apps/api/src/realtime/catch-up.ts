import type { LiveEvent } from '@assay/contract';
import { nextTurn, outboxFilterOf, type LiveChannelName } from '@assay/core';
import type { Container } from '../container.ts';
import { toFeedEvent, type FeedEvent } from './event-feed.ts';

/** Facts, of all channels, within which a client may have missed something. */
const FACTS_MAX = 5000;
/** Events that are sent one by one; after more of them a page reads everything again. */
const EVENTS_MAX = 200;
/** How long clients share what was read for a channel. */
const SHARED_MS = 1000;

/** The events of a channel after the id `from`, kept up to date by the feed. */
interface Recent {
  from: number;
  events: Map<number, LiveEvent>;
}

export interface CatchUps {
  /** The events after an id, in their order; null where they are too many to be sent. Call it while the feed is watched. */
  since(channels: readonly LiveChannelName[], after: number): Promise<LiveEvent[] | null>;
}

/**
 * What clients missed that come back. Each channel is read once in {@link SHARED_MS}, however many clients ask, and one channel in
 * each turn of the event loop.
 */
export function catchUps({ repos, feed, log }: Pick<Container, 'repos' | 'feed' | 'log'>): CatchUps {
  const shared = new Map<string, Promise<Recent>>();

  const read = async (channels: readonly LiveChannelName[]): Promise<Recent> => {
    const recent: Recent = { from: 0, events: new Map() };
    const add = (fact: FeedEvent) => {
      if (concerns(fact, channels)) recent.events.set(fact.event.id, fact.event);
    };
    const end = feed.on(add); // from before the reading, so that nothing is missing between the two
    setTimeout(end, SHARED_MS).unref();
    await nextTurn();
    const last = await repos.outbox.lastId();
    recent.from = Math.max(0, last - FACTS_MAX + 1);
    const facts = await repos.outbox.readNewest(recent.from, outboxFilterOf(channels), EVENTS_MAX + 1);
    if (facts.length > EVENTS_MAX) recent.from = facts.pop()!.id;
    for (const fact of facts) add(toFeedEvent(fact));
    return recent;
  };

  const recentOf = (channels: readonly LiveChannelName[]): Promise<Recent> => {
    const key = channels.join(' ');
    const known = shared.get(key);
    if (known) return known;
    const reading = read(channels);
    shared.set(key, reading);
    const forget = () => void (shared.get(key) === reading && shared.delete(key));
    setTimeout(forget, SHARED_MS).unref();
    reading.catch((error: unknown) => {
      forget();
      log.warn({ err: error }, 'could not read missed events');
    });
    return reading;
  };

  return {
    async since(channels, after) {
      const { from, events } = await recentOf(channels);
      if (after < from) return null;
      return [...events.values()].filter(({ id }) => id > after).sort((a, b) => a.id - b.id);
    },
  };
}

/** Does an event belong to one of the channels? */
export const concerns = ({ channels: heard }: FeedEvent, channels: readonly LiveChannelName[]): boolean =>
  heard.some((name) => channels.includes(name));
