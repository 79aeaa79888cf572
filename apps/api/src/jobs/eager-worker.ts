import type { Container } from '../container.ts';
import { tellFailure } from './perform.ts';

export interface EagerWorker {
  /** Looks whether something waits, if it is not at something already. */
  tick(): void;
  /** Lets what is being done come to its end. */
  stop(): Promise<void>;
}

interface Work {
  job: string;
  /** What is told when there may be something to do. */
  topic: string;
  /** Does one piece; false when none waits. */
  once: () => Promise<boolean>;
}

/**
 * Does one piece after another in each process: at once where something is told of, and otherwise when the clock ticks, which
 * finds what a process left that died.
 */
export function eagerWorker({ feed, log }: Pick<Container, 'feed' | 'log'>, { job, topic, once }: Work): EagerWorker {
  const stopping = new AbortController();
  let working: Promise<void> | null = null;
  let again = false;
  const work = async () => {
    try {
      while (!stopping.signal.aborted && (await once()));
    } catch (error) {
      tellFailure(log, { job }, error);
    }
  };
  const tick = (): void => {
    if (stopping.signal.aborted) return;
    if (working) {
      again = true; // it may have looked just before
      return;
    }
    working = work().finally(() => {
      working = null;
      if (again) {
        again = false;
        tick();
      }
    });
  };
  const unlisten = feed.on(({ event }) => event.topic === topic && tick());
  return {
    tick,
    async stop() {
      stopping.abort();
      unlisten();
      await working;
    },
  };
}
