/** An id may be given before another one and committed after it: the longest time of a transaction, with a margin, in milliseconds. */
export const LATE_MS = 30_000;

/**
 * How far the outbox has been read. Ids are not committed in their order: a gap may still be filled, so the cursor stays before it, and
 * remembers which ids behind it were seen.
 */
export class OutboxCursor {
  /** Seen ids behind the position, with the time at which each was seen, in milliseconds. */
  #seen = new Map<number, number>();
  #position = 0;

  /** The last id before which none is missing. */
  get position(): number {
    return this.#position;
  }

  /** Begins at a position: the ids behind it that are known now count as seen. */
  restart(position: number, known: readonly number[], now: number): void {
    this.#position = position;
    this.#seen = new Map(known.map((id) => [id, now]));
  }

  /** True for an id that is seen for the first time. */
  see(id: number, now: number): boolean {
    if (id <= this.#position || this.#seen.has(id)) return false;
    this.#seen.set(id, now);
    return true;
  }

  /** Moves over ids without a gap, and over gaps that are so old that what would fill them was rolled back. */
  advance(now: number): void {
    for (const [id, at] of [...this.#seen].sort(([a], [b]) => a - b)) {
      if (id !== this.#position + 1 && now - at <= LATE_MS) return;
      this.#position = id;
      this.#seen.delete(id);
    }
  }
}
