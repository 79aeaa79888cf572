import type { LiveEvent } from '@assay/contract';
import { consequencesOf, type FactConsequences, type PublishedFact, type Repositories } from '@assay/core';
import { detached } from '@assay/telemetry/tracing';
import type { Logger } from '../logger.ts';
import type { SharedRedis } from '../services/redis.ts';

/** How often other processes' events are looked for: while somebody watches a page, and otherwise. Redis may tell sooner. */
const WATCHED_MS = 50;
const UNWATCHED_MS = 250;
/** An id may be given before another one and committed after it: a transaction's longest time, and then some. */
const LATE_MS = 30_000;
const EARLIER = 500;
const PORTION = 5000;
const CHANNEL = 'assay:committed';

/** A committed fact, and what it means here. `event` is what live clients hear. */
export interface FeedEvent extends FactConsequences {
  event: LiveEvent;
}

export type EventListener = (event: FeedEvent) => void;

export const toFeedEvent = (fact: PublishedFact): FeedEvent => ({
  ...consequencesOf(fact),
  event: { id: fact.id, topic: fact.topic, subjectId: fact.subjectId, at: fact.at.toISOString() },
});

/**
 * What was committed, in this process and in all others, told once to everybody here who wants to know: open pages, caches,
 * feature flags. It reads the outbox: after each commit of this process at once, when Redis passes on that another one has
 * committed, and in any case four times a second.
 */
export interface EventFeed {
  /** Begins to read. Resolves when everything that is committed from now on will be told. @throws when the database is away */
  start(): Promise<void>;
  /** Calls `listener` with each event from now on; the result ends it. */
  on(listener: EventListener): () => void;
  /** The same for somebody who watches: they hear of other processes sooner. Resolves when nothing is missed any more. */
  watch(listener: EventListener): Promise<() => void>;
  /** Something was committed here: tells this process and the others. Resolves as `catchUp` does. */
  committed(): Promise<boolean>;
  /** Does it read? In commands it does not. */
  isStarted(): boolean;
  /**
   * Resolves when everything has been told that was committed before this call: true, or false when the database did not say.
   * Many who ask at the same time share one reading.
   */
  catchUp(): Promise<boolean>;
  /** Since when, at the latest, everything is known that was committed before: -Infinity when it was never read. As `performance.now()`. */
  knownUntil(): number;
  /** The last event before which nothing is missing. */
  position(): number;
  stop(): void;
}

export function eventFeed({ outbox }: Pick<Repositories, 'outbox'>, redis: SharedRedis | null, log: Logger): EventFeed {
  const listeners = new Set<EventListener>();
  let watchers = 0;
  /** Told already, by id, with the time at which it was seen. */
  let told = new Map<number, number>();
  let after = 0;
  let knownUntil = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | null = null;
  let again = false;
  let failing = false;
  let stopped = false;

  const pass = (fact: PublishedFact) => {
    const event = toFeedEvent(fact);
    for (const listener of listeners) listener(event);
  };

  const readOnce = async () => {
    const now = Date.now();
    const begun = performance.now();
    for (let from = after; ;) {
      const events = await outbox.readAfter(from, PORTION);
      for (const event of events.filter(({ id }) => !told.has(id))) {
        told.set(event.id, now);
        pass(event);
      }
      if (events.length < PORTION) break;
      from = events.at(-1)!.id;
    }
    // Without a gap nothing is missing; a gap that nothing fills for so long is an event that was rolled back.
    for (const [id, at] of [...told].sort(([a], [b]) => a - b)) {
      if (id !== after + 1 && now - at <= LATE_MS) break;
      after = id;
      told.delete(id);
    }
    knownUntil = begun;
    if (failing) log.info('events are read again');
    failing = false;
  };

  const read = () => {
    if (stopped || !started) return;
    if (reading) {
      again = true;
      return;
    }
    clearTimeout(timer);
    reading = readOnce()
      .catch((error: unknown) => {
        if (!failing) log.warn({ err: error }, 'could not read events');
        failing = true;
      })
      .finally(() => {
        reading = null;
        if (again) {
          again = false;
          read();
        } else if (!stopped) timer = setTimeout(read, watchers > 0 ? WATCHED_MS : UNWATCHED_MS).unref();
      });
  };

  const begin = async () => {
    const begun = performance.now();
    // What was begun before and is committed from now on may have smaller ids than the last one.
    after = Math.max(0, (await outbox.lastId()) - EARLIER);
    const known = await outbox.readAfter(after, 2 * EARLIER);
    told = new Map(known.map(({ id }) => [id, Date.now()]));
    knownUntil = begun;
  };

  let started = false;
  let beginning: Promise<void> | null = null;
  const beginToRead = async () => {
    try {
      await begin();
    } catch (error) {
      beginning = null; // to be tried again
      throw error;
    }
    started = true;
    redis?.subscribe(CHANNEL, read);
    read();
  };
  const start = () => (beginning ??= beginToRead());

  const catchUp = async () => {
    if (!started || stopped) return false;
    const asked = performance.now();
    detached(read); // it goes on reading when the request is long over
    for (;;) {
      if (knownUntil >= asked) return true;
      if (!reading) return false; // it failed
      await reading;
    }
  };

  return {
    start,
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async watch(listener) {
      listeners.add(listener);
      watchers++;
      let ended = false;
      const end = () => {
        if (ended) return;
        ended = true;
        listeners.delete(listener);
        watchers--;
      };
      try {
        await start();
      } catch (error) {
        end();
        throw error;
      }
      read(); // from now on at the watchers' pace
      return end;
    },
    committed() {
      void redis?.publish(CHANNEL, '');
      return catchUp();
    },
    isStarted: () => started && !stopped,
    catchUp,
    knownUntil: () => knownUntil,
    position: () => after,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
