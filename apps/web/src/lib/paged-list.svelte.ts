import { goto } from '$app/navigation';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

interface Source<T> {
  /** What the page came with; another one begins anew. */
  first: () => Page<T>;
  /** Asks for what comes after the cursor. */
  next: (cursor: string) => Promise<Page<T>>;
  /** The page that shows that alone: what the link says where there is no JavaScript. */
  address: (cursor: string) => string;
}

/** A list that grows page by page, for `More.svelte`. */
export class PagedList<T extends { id: number }> {
  readonly #source: Source<T>;
  /** What came after the first page. Can be put back, as a snapshot does. */
  added: Page<T> = $derived.by(() => ({ items: [], nextCursor: this.#source.first().nextCursor }));
  busy = $state(false);
  /** Each once: what changes meanwhile may come again on a later page. */
  readonly shown: T[] = $derived.by(() => [
    ...new Map([...this.#source.first().items, ...this.added.items].map((item) => [item.id, item])).values(),
  ]);
  /** Of the next page; null after the last one. */
  readonly href: string | null = $derived.by(() => this.added.nextCursor && this.#source.address(this.added.nextCursor));

  constructor(source: Source<T>) {
    this.#source = source;
  }

  readonly more = async (event: MouseEvent): Promise<void> => {
    const cursor = this.added.nextCursor;
    if (!cursor || this.busy) return;
    event.preventDefault();
    this.busy = true;
    const { items: begun } = this.#source.first();
    try {
      const { items, nextCursor } = await this.#source.next(cursor);
      if (this.#source.first().items === begun) this.added = { items: [...this.added.items, ...items], nextCursor };
    } catch {
      await goto(this.#source.address(cursor)); // the plain way still works, or says what is wrong
    } finally {
      this.busy = false;
    }
  };
}
