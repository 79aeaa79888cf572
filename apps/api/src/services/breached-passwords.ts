import { createHash } from 'node:crypto';
import type { BreachedPasswords } from '@assay/core';
import type { Logger } from '../logger.ts';

const TIMEOUT_MS = 1500;
const PREFIX_LENGTH = 5;

/**
 * Asks a service that answers as "Pwned Passwords" does, by k-anonymity: it gets the first five digits of the SHA-1, never the password
 * or its hash, and answers with the rest of each hash that begins so. A service that fails refuses no password.
 * @param url what the five digits follow; null asks no service
 */
export function breachedPasswords(url: string | null, log: Pick<Logger, 'warn'>): BreachedPasswords {
  if (url === null) return { includes: () => Promise.resolve(false) };
  return {
    async includes(password) {
      const hash = createHash('sha1').update(password.normalize('NFKC')).digest('hex').toUpperCase();
      try {
        const answer = await fetch(url + hash.slice(0, PREFIX_LENGTH), {
          headers: { 'add-padding': 'true', 'user-agent': 'assay' },
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (!answer.ok) throw new Error(`The service answered ${answer.status}.`);
        return isListed(await answer.text(), hash.slice(PREFIX_LENGTH));
      } catch (error) {
        log.warn({ err: error }, 'the service of breached passwords does not answer: the password is not checked there');
        return false;
      }
    },
  };
}

/** Lines are "SUFFIX:COUNT"; a count of 0 is padding. */
const isListed = (text: string, suffix: string): boolean =>
  text.split('\n').some((line) => {
    const [rest, count] = line.trim().split(':');
    return rest === suffix && Number(count) > 0;
  });
