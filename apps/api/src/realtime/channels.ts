import type { LiveEvent, LiveRequest } from '@assay/contract';
import { hasRole, type Actor } from '@assay/core';

/** What operators see of busy ratings: one event in this time. */
const OPERATIONS_MS = 1000;
/** What happens to somebody's own store and account, for themselves. */
const FOR_ACCOUNT = /^(verification|payout-details|onboarding|image|seller)\./;
const FOR_OPERATORS = /^(rating|maintenance|alert|moderation|flag|rollout|cache)\./;

/** Which events somebody hears who asked for this; null where it is not for this actor. */
export function filterOf(request: LiveRequest, actor: Actor): ((event: LiveEvent) => boolean) | null {
  switch (request.subscribe) {
    case 'seller':
      return ({ topic, subjectId }) => (topic.startsWith('rating.') || topic === 'store.followed') && subjectId === request.sellerId;
    case 'account':
      return actor.kind === 'user' ? ({ topic, subjectId }) => subjectId === actor.id && FOR_ACCOUNT.test(topic) : null;
    case 'flags':
      return ({ topic }) => topic === 'flag.changed';
    case 'operations':
      if (!hasRole(actor, 'admin', 'ops')) return null;
      // Only admins decide about papers.
      return ({ topic }) => FOR_OPERATORS.test(topic) || (topic === 'verification.changed' && hasRole(actor, 'admin'));
  }
}

/** Passes events on; of ratings the first at once, then at most one in {@link OPERATIONS_MS}, the latest. */
export function calmed(tell: (event: LiveEvent) => void): { tell: (event: LiveEvent) => void; end: () => void } {
  let withheld: LiveEvent | null = null;
  let quiet: NodeJS.Timeout | undefined;
  const afterwards = () => {
    quiet = withheld ? setTimeout(afterwards, OPERATIONS_MS) : undefined;
    if (withheld) tell(withheld);
    withheld = null;
  };
  return {
    tell(event) {
      if (!event.topic.startsWith('rating.')) tell(event);
      else if (quiet) withheld = event;
      else {
        tell(event);
        quiet = setTimeout(afterwards, OPERATIONS_MS);
      }
    },
    end: () => clearTimeout(quiet),
  };
}
