import { AppError, nextTurn } from '@assay/core';
import type { Request, RequestHandler, Response } from 'express';
import { budgetKeyOf } from './limits.ts';

/** Places for work that goes on at the same time in this process. */
export interface Places {
  /**
   * Takes a place for an account, or for an address; waits for one of theirs where that is allowed.
   * @returns gives the place back; a second call does nothing
   * @throws AppError RATE_LIMITED (they have all theirs), BUSY (all are taken)
   */
  take: (key: string) => Promise<() => void>;
  /** The same until a response is sent, or its client is gone: also where it is gone already. @throws AppError RATE_LIMITED, BUSY */
  hold: (key: string, res: Response) => Promise<void>;
  /** How many places an account or address has. */
  taken: (key: string) => number;
}

export interface PlacesOptions {
  /** Places of one account or address. */
  each: number;
  /** Places of the process. */
  all: number;
  /** What an account that has all its places reads. */
  sentence: string;
  /** How many may wait for a place of their account, and for how long. By default none. */
  waiting?: { max: number; ms: number };
}

/** Requests of one account or address that are worked on at the same time; the others wait for their turn. */
const AT_WORK = 4;
const WAITING = { max: 200, ms: 15_000 };

/** Keeps one client's requests from filling the process: the next one begins when one of theirs is answered. */
export function takeTurns(): RequestHandler {
  const { hold, taken } = places({
    each: AT_WORK,
    all: Infinity,
    sentence: 'Too many requests at once. Wait a moment and try again.',
    waiting: WAITING,
  });
  const begin = async (req: Request, res: Response) => {
    const key = budgetKeyOf(req);
    await hold(key, res);
    // Of several requests one begins in each turn of the event loop: those of other clients come in between.
    if (taken(key) > 1) await nextTurn();
  };
  return async (req, res, next) => {
    await begin(req, res);
    if (!res.closed) next();
  };
}

export function places({ each, all, sentence, waiting = { max: 0, ms: 0 } }: PlacesOptions): Places {
  const taken = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();
  let total = 0;

  const spent = () => new AppError('RATE_LIMITED', { retryAfterS: 2, message: sentence });
  const grant = (key: string): (() => void) => {
    taken.set(key, (taken.get(key) ?? 0) + 1);
    total++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      total--;
      const left = taken.get(key)! - 1;
      if (left > 0) taken.set(key, left);
      else taken.delete(key);
      queues.get(key)?.shift()?.();
      if (queues.get(key)?.length === 0) queues.delete(key);
    };
  };
  const wait = (key: string): Promise<void> => {
    const queue = queues.get(key) ?? [];
    if (queue.length >= waiting.max) throw spent();
    queues.set(key, queue);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        queue.splice(queue.indexOf(next), 1);
        reject(spent());
      }, waiting.ms);
      const next = () => {
        clearTimeout(late);
        resolve();
      };
      queue.push(next);
    });
  };

  const take: Places['take'] = async (key) => {
    while ((taken.get(key) ?? 0) >= each) await wait(key);
    if (total >= all) throw new AppError('BUSY', { retryAfterS: 2 });
    return grant(key);
  };
  return {
    taken: (key) => taken.get(key) ?? 0,
    take,
    async hold(key, res) {
      const leave = await take(key);
      res.once('close', leave);
      if (res.closed) leave(); // the client went away meanwhile
    },
  };
}
