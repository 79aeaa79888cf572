import { createContext } from 'svelte';
import { beforeNavigate, snapshot } from '$app/navigation';
import { newOnce } from './once.ts';

interface Kept {
  once: string;
  completed: boolean;
}

/**
 * One visit to a page: the nonce that its forms send. The same form sent twice carries the same nonce, so that the API does it once.
 * A visit belongs to an entry of the browser's history: Back brings its nonce back, a link to the same page brings a new one.
 */
export class Visit {
  once: string = $state('');
  #completed = false;

  constructor(once: string) {
    this.once = once;
  }

  /** What a form sent was done. Its answer leads to another page, or the page shows it. */
  complete(): void {
    this.#completed = true;
  }

  /** The next submission is a new one. */
  renew(): void {
    this.once = newOnce();
    this.#completed = false;
  }

  /** A value of a form was changed: after a completed submission that begins a new one. */
  changed(): void {
    if (this.#completed) this.renew();
  }

  keep(): Kept {
    return { once: this.once, completed: this.#completed };
  }

  putBack({ once, completed }: Kept): void {
    this.once = once;
    this.#completed = completed;
  }
}

const [getVisit, setVisit] = createContext<Visit>();
export { getVisit };

/** Opens the visit of the page that is shown, for all pages: called once, by the root layout. @param once the server's nonce */
export function openVisit(once: string): void {
  const visit = setVisit(new Visit(once));
  let navigated = false;
  beforeNavigate(() => void (navigated = true));
  snapshot<Kept>({
    id: 'visit',
    capture: () => visit.keep(),
    // A page that is loaded again after its form was done begins anew; one whose answer was lost goes on.
    restore: (kept) => (navigated || !kept.completed) && visit.putBack(kept),
    reset: () => visit.renew(),
  });
}
