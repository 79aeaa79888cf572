import type { LiveEvent, LiveRequest } from '@assay/contract';
import { hasRole, type Actor, type LiveChannelName } from '@assay/core';

/** Operators get one event about ratings in this time, in milliseconds. */
const OPERATIONS_MS = 1000;
/** Which channels a subscription hears; null where it is not for this actor. */
export function channelsOf(request: LiveRequest, actor: Actor): readonly LiveChannelName[] | null {
  switch (request.subscribe) {
    case 'seller':
      return [`seller:${request.sellerId}`];
    case 'account':
      return actor.kind === 'user' ? [`account:${actor.id}`] : null;
    case 'flags':
      return ['flags'];
    case 'operations':
      if (!hasRole(actor, 'admin', 'ops')) return null;
      return hasRole(actor, 'admin') ? ['operations', 'admins'] : ['operations'];
  }
}

/** Sends events; of ratings the first at once, then at most one in {@link OPERATIONS_MS}, the latest. */
export function throttled(send: (event: LiveEvent) => void): { send: (event: LiveEvent) => void; end: () => void } {
  let withheld: LiveEvent | null = null;
  let quiet: NodeJS.Timeout | undefined;
  const afterwards = () => {
    quiet = withheld ? setTimeout(afterwards, OPERATIONS_MS) : undefined;
    if (withheld) send(withheld);
    withheld = null;
  };
  return {
    send(event) {
      if (!event.topic.startsWith('rating.')) send(event);
      else if (quiet) withheld = event;
      else {
        send(event);
        quiet = setTimeout(afterwards, OPERATIONS_MS);
      }
    },
    end: () => clearTimeout(quiet),
  };
}
