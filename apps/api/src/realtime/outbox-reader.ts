import type { LiveEvent } from '@assay/contract';
import type { PublishedEvent } from '@assay/core';
import type { Container } from '../container.ts';

/** How often other processes' events are looked for while somebody listens. */
const POLL_MS = 50;
/** An id may be given before another one and committed after it: a transaction's longest time, and then some. */
const LATE_MS = 30_000;
const EARLIER = 500;
const PORTION = 5000;

/**
 * Reads events as they are committed: at once those of this process, after {@link POLL_MS} at most those of others. It reads
 * only while somebody listens, and tells everything once.
 */
export function outboxReader({ store, committed, log }: Container) {
  const listeners = new Set<(event: LiveEvent) => void>();
  /** Told already, by id, with the time at which it was seen. */
  let told = new Map<number, number>();
  let after = 0;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | null = null;
  let again = false;

  const tell = (event: PublishedEvent) => {
    const message: LiveEvent = { id: event.id, topic: event.topic, subjectId: event.subjectId, at: event.at.toISOString() };
    for (const listener of listeners) listener(message);
  };
  const readOnce = async () => {
    const now = Date.now();
    for (let from = after; ;) {
      const events = await store.outbox.readAfter(from, PORTION);
      for (const event of events.filter(({ id }) => !told.has(id))) {
        told.set(event.id, now);
        tell(event);
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
  };
  const read = () => {
    if (reading) {
      again = true;
      return;
    }
    reading = readOnce()
      .catch((error: unknown) => log.warn({ err: error }, 'could not read events'))
      .finally(() => {
        reading = null;
        if (!again) return;
        again = false;
        read();
      });
  };
  const begin = async () => {
    // What was begun before and is committed from now on may have smaller ids than the last one.
    after = Math.max(0, (await store.outbox.lastId()) - EARLIER);
    const known = await store.outbox.readAfter(after, 2 * EARLIER);
    told = new Map(known.map(({ id }) => [id, Date.now()]));
    committed.add(read);
    timer = setInterval(read, POLL_MS).unref();
  };
  const end = () => {
    committed.delete(read);
    clearInterval(timer);
  };

  let beginning: Promise<void> | null = null;
  return {
    /** Calls `listener` with each event that is committed from now on. Resolves when it does; the result ends it. */
    async listen(listener: (event: LiveEvent) => void): Promise<() => void> {
      if (listeners.size === 0) beginning = begin();
      listeners.add(listener);
      const stop = () => {
        if (listeners.delete(listener) && listeners.size === 0) end();
      };
      try {
        await beginning;
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },
  };
}
