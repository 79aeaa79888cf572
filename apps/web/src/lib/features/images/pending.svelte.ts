import { IMAGES_OF } from '@assay/contract';
import { AT_ONCE, refusalOf, sendImage, toSend, type Sending } from './send-image.ts';

/** A picture that is chosen for a listing that is not there yet. */
export interface Pending extends Omit<Sending, 'status'> {
  status: Sending['status'] | 'sent';
  /** The upload's, once it is with the server. */
  id: number | null;
}

/** Pictures that are chosen before what they belong to exists: they are sent at once, and attached when it is saved. */
export class PendingImages {
  items = $state<Pending[]>([]);
  /** For those who listen. */
  news = $state('');
  #serial = 0;
  #waiting: (() => void)[] = [];

  get room(): number {
    return IMAGES_OF.listing - this.items.filter(({ status }) => status !== 'failed').length;
  }
  get busy(): boolean {
    return this.items.some(({ status }) => status === 'waiting' || status === 'sending');
  }
  get failed(): boolean {
    return this.items.some(({ status }) => status === 'failed');
  }
  /** A small picture of the first one that can be used, as an address; empty where there is none. */
  get cover(): string {
    return this.items.find(({ status, preview }) => status !== 'failed' && preview !== '')?.preview ?? '';
  }
  /** What has arrived, in the order in which it was chosen; the same file twice is one image. */
  get ids(): number[] {
    return [...new Set(this.items.flatMap(({ id }) => id ?? []))];
  }

  add(files: Iterable<File>, maxBytes: number): void {
    for (const file of files) {
      const error = refusalOf(file, { maxBytes, room: this.room });
      this.items.push({ ...toSend(++this.#serial, file, error), id: null });
    }
    this.#pump();
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    if (this.busy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  drop(item: Pick<Sending, 'key' | 'request'>): void {
    item.request?.abort();
    this.items = this.items.filter(({ key }) => key !== item.key);
    this.#pump();
  }

  retry(item: Pick<Sending, 'key'>): void {
    const found = this.items.find(({ key }) => key === item.key);
    if (!found) return;
    Object.assign(found, { status: 'waiting', sent: 0, error: null });
    this.#pump();
  }

  /** Nearer to the first place, which is the one that lists show. */
  first(item: Pending): void {
    this.items = [item, ...this.items.filter(({ key }) => key !== item.key)];
    this.news = `${item.file.name} is the main picture now.`;
  }

  #pump(): void {
    const busy = this.items.filter(({ status }) => status === 'sending').length;
    for (const item of this.items.filter(({ status }) => status === 'waiting').slice(0, Math.max(0, AT_ONCE - busy))) void this.#send(item);
    if (!this.busy) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #send(item: Pending): Promise<void> {
    const state = await sendImage(new URLSearchParams({ purpose: 'listing' }), item);
    if (state) Object.assign(item, { id: state.id, status: 'sent' });
    this.news = state ? `${item.file.name} is uploaded.` : `${item.file.name}: ${item.error}`;
    this.#pump();
  }
}
