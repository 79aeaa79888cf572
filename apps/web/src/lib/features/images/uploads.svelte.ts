import { apiErrorOf } from '@assay/client';
import { ERRORS, IMAGES_OF, type AttachedImage, type AttachedImages, type ImagePlace, type ImageState } from '@assay/contract';
import { SvelteMap } from 'svelte/reactivity';
import { browserApi } from '#lib/api.ts';
import { AT_ONCE, refusalOf, sendImage, toSend, type Sending } from './send-image.ts';

const POLL_MS = 600;

/** What a browser knows of its file after the server has taken it. */
interface Known {
  name: string;
  preview: string;
}

/** The images of one place: what is there, and what is on its way. */
export class Uploads {
  images = $state<AttachedImage[]>([]);
  sending = $state<Sending[]>([]);
  removed = $state<AttachedImage | null>(null);
  /** What went wrong with a change, in words. */
  problem = $state<string | null>(null);
  /** For those who listen: said when something has happened. */
  news = $state('');
  readonly known = new SvelteMap<number, Known>();
  readonly place: ImagePlace;
  readonly max: number;
  #maxBytes: number;
  #serial = 0;
  /** Changes that the server has not answered yet, and the end of the last one. */
  #open = 0;
  /** Grows with all that makes an answer to an earlier question old. */
  #version = 0;
  #turn: Promise<unknown> = Promise.resolve();
  /** What has arrived of the files that are being sent, by the turn in which they were chosen. */
  #arrivals = new Map<number, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #onChanged: () => void;

  /** @param onChanged what others see has changed */
  constructor(place: ImagePlace, { items, maxBytes }: AttachedImages, onChanged: () => void) {
    this.#onChanged = onChanged;
    this.place = place;
    this.max = IMAGES_OF[place.purpose];
    this.images = items;
    this.#maxBytes = maxBytes;
  }

  /** Begins to look after what is not ready. Returns how to end it. */
  start(): () => void {
    this.#watch();
    return () => {
      clearTimeout(this.#timer);
      for (const { request } of this.sending) request?.abort();
    };
  }

  get room(): number {
    return this.max === 1 ? 1 : this.max - this.images.length - this.sending.filter(({ status }) => status !== 'failed').length;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const error = refusalOf(file, { maxBytes: this.#maxBytes, room: this.room });
      this.sending.push(toSend(++this.#serial, file, error));
      if (error) this.news = `${file.name}: ${error}`;
    }
    this.#pump();
  }

  retry(item: Sending): void {
    Object.assign(item, { status: 'waiting', sent: 0, error: null });
    this.#pump();
  }

  drop(item: Sending): void {
    item.request?.abort();
    this.sending = this.sending.filter(({ key }) => key !== item.key);
    this.#pump();
    void this.#inTurn();
  }

  #pump(): void {
    const busy = this.sending.filter(({ status }) => status === 'sending').length;
    for (const item of this.sending.filter(({ status }) => status === 'waiting').slice(0, Math.max(0, AT_ONCE - busy)))
      void this.#send(item);
  }

  async #send(item: Sending): Promise<void> {
    const query = new URLSearchParams({ purpose: this.place.purpose, subjectId: String(this.place.subjectId) });
    const state = await sendImage(query, item);
    if (!this.sending.some(({ key }) => key === item.key)) return; // taken back meanwhile
    if (state) this.#arrived(item, state);
    else this.news = `${item.file.name}: ${item.error}`;
    this.#pump();
    void this.#inTurn();
  }

  #arrived(item: Sending, state: ImageState): void {
    this.known.set(state.id, { name: item.file.name, preview: item.preview });
    this.sending = this.sending.filter(({ key }) => key !== item.key);
    this.#arrivals.set(state.id, item.key);
    this.#version++;
    if (!this.images.some(({ id }) => id === state.id)) this.images = [...this.images, { ...state, alt: '' }];
    this.#watch();
  }

  /** Small files overtake large ones: when the last one has arrived or failed, they stand as they were chosen. */
  async #inTurn(): Promise<void> {
    if (this.max === 1 || this.#arrivals.size === 0 || this.sending.some(({ status }) => status !== 'failed')) return;
    const turn = this.#arrivals;
    this.#arrivals = new Map();
    const wanted = this.images.toSorted((a, b) => (turn.get(a.id) ?? 0) - (turn.get(b.id) ?? 0));
    if (wanted.some(({ id }, i) => id !== this.images[i]?.id)) await this.reorder(wanted);
  }

  /** Asks how it goes with what is not ready. */
  #watch(): void {
    clearTimeout(this.#timer);
    const open = () => this.images.some(({ status }) => status === 'uploaded' || status === 'processing');
    if (!open()) return;
    this.#timer = setTimeout(() => {
      const asked = this.#version;
      void browserApi()
        .images.of.query(this.place)
        .then(
          ({ items }) => asked === this.#version && this.#take(items), // an answer from before a change is not news
          () => {}, // it is asked again
        )
        .finally(() => this.#watch());
    }, POLL_MS);
  }

  #take(items: AttachedImage[]): void {
    if (this.#open > 0) return; // what is being changed is newer
    let changed = false;
    for (const { id, status, failure } of items) {
      if (this.images.find((image) => image.id === id)?.status === status) continue;
      const name = this.known.get(id)?.name ?? 'An image';
      if (status === 'ready') this.news = `${name} is ready.`;
      changed ||= status === 'ready';
      if (status === 'failed') this.news = `${name}: ${failure?.message}`;
    }
    this.images = items;
    if (changed) this.#onChanged();
  }

  /** Shows a change at once; changes reach the server one after another, and what it refuses is taken back. */
  async #change(shown: AttachedImage[], work: () => Promise<AttachedImages>): Promise<boolean> {
    this.images = shown;
    this.problem = null;
    this.#open++;
    this.#version++;
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    try {
      const { items } = await mine;
      if (this.#open === 1) this.images = items;
      this.#onChanged();
      return true;
    } catch (error) {
      this.problem = apiErrorOf(error)?.message ?? ERRORS.UNAVAILABLE.message;
      const there = await browserApi()
        .images.of.query(this.place)
        .catch(() => null);
      if (there) this.images = there.items;
      return false;
    } finally {
      this.#open--;
      this.#version++;
    }
  }

  /** The order as it is now, to the server. */
  async reorder(shown: AttachedImage[]): Promise<void> {
    const order = shown.map(({ id }) => id);
    await this.#change(shown, () => browserApi().images.reorder.mutate({ ...this.place, order }));
  }

  async move(image: AttachedImage, by: -1 | 1): Promise<void> {
    const from = this.images.findIndex(({ id }) => id === image.id);
    const to = from + by;
    if (to < 0 || to >= this.images.length) return;
    await this.reorder(this.images.toSpliced(from, 1).toSpliced(to, 0, image));
    this.news = `Moved to position ${to + 1} of ${this.images.length}.`;
  }

  async describe(image: AttachedImage, alt: string): Promise<boolean> {
    const shown = this.images.map((one) => (one.id === image.id ? { ...one, alt } : one));
    return this.#change(shown, () => browserApi().images.describe.mutate({ ...this.place, imageId: image.id, alt }));
  }

  async remove(image: AttachedImage): Promise<void> {
    const rest = this.images.filter(({ id }) => id !== image.id);
    const done = await this.#change(rest, () => browserApi().images.detach.mutate({ ...this.place, imageId: image.id }));
    this.removed = done && image.status === 'ready' ? image : null;
    if (done) this.news = 'Removed.';
  }

  async putBack(): Promise<void> {
    const image = this.removed;
    if (!image) return;
    this.removed = null;
    const { id: imageId, alt } = image;
    const shown = this.max === 1 ? [image] : [...this.images, image];
    if (await this.#change(shown, () => browserApi().images.attach.mutate({ ...this.place, imageId, alt }))) this.news = 'Restored.';
  }
}
