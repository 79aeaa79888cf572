import type { LiveEvent } from '@assay/contract';
import { consequencesOf, inTurns, type FactConsequences, type PublishedFact, type Repositories } from '@assay/core';
import { detached } from '@assay/telemetry/tracing';
import type { Logger } from '../logger.ts';
import type { SharedRedis } from '../services/redis.ts';
import { OutboxCursor } from './outbox-cursor.ts';

/** How often facts of other processes are read, while a page is watched and otherwise. Redis announces them sooner. */
const WATCHED_MS = 50;
const UNWATCHED_MS = 250;
/** Ids before the last one that are read at the start: what is committed late may have one of them. */
const EARLIER = 500;
const CHUNK = 5000;
const CHANNEL = 'assay:committed';

/** A committed fact, and what it means here. `event` is what live clients hear. */
export interface FeedEvent extends FactConsequences {
  event: LiveEvent;
}

export type EventListener = (event: FeedEvent) => void;

export function toFeedEvent({ id, topic, subjectId, at, payload }: PublishedFact): FeedEvent {
  const consequences = consequencesOf({ topic, subjectId, payload });
  const { newOrderId } = consequences;
  const event = { id, topic, subjectId, at: at.toISOString(), ...(newOrderId !== null && { newOrderId }) };
  return { ...consequences, event };
}

/**
 * Passes every committed fact, of this process and of all others, once to the listeners here: open pages, caches, feature flags. It reads the outbox: after each commit of this process at once, when Redis passes on that another one has
 * committed, and in any case four times a second.
 */
export interface EventFeed {
  /** Begins to read. Resolves when every fact that is committed from now on will be passed on. @throws when the database is away */
  start(): Promise<void>;
  /** Calls `listener` with each event from now on; the result ends it. */
  on(listener: EventListener): () => void;
  /** The same for an open page, with facts of other processes sooner. Resolves when none is missed any more. */
  watch(listener: EventListener): Promise<() => void>;
  /** Facts were committed here: reads them, and announces them to the other processes. Resolves as `catchUp` does. */
  committed(): Promise<boolean>;
  /** Does it read? In commands it does not. */
  isStarted(): boolean;
  /**
   * Resolves when every fact that was committed before this call has been passed on: true, or false when the database did not answer.
   * Calls at the same time share one reading.
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
  const cursor = new OutboxCursor();
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
    const giveWay = inTurns();
    for (let from = cursor.position; ;) {
      const facts = await outbox.readAfter(from, CHUNK);
      for (const fact of facts) {
        if (cursor.see(fact.id, now)) pass(fact);
        await giveWay();
      }
      if (facts.length < CHUNK) break;
      from = facts.at(-1)!.id;
    }
    cursor.advance(now);
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
    const from = Math.max(0, (await outbox.lastId()) - EARLIER);
    const known = await outbox.readAfter(from, 2 * EARLIER);
    cursor.restart(
      from,
      known.map(({ id }) => id),
      Date.now(),
    );
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
    position: () => cursor.position,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
