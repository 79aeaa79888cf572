import { z } from 'zod';

/** The last event before which nothing is missing, from an earlier connection: what came after it is sent again. */
const after = z.int().min(0).optional();

/**
 * What a browser asks for: the ratings of a seller (public), what happens to the signed-in account, feature flags (public: that one
 * has changed, not how), or what operators see (admins and operators only). One connection may ask for several.
 */
export const LiveRequest = z.discriminatedUnion('subscribe', [
  z.object({ subscribe: z.literal('seller'), sellerId: z.int().min(1), after }),
  z.object({ subscribe: z.literal('account'), after }),
  z.object({ subscribe: z.literal('flags'), after }),
  z.object({ subscribe: z.literal('operations'), after }),
]);
export type LiveRequest = z.infer<typeof LiveRequest>;

/** What a browser says of a channel that it has heard enough of. */
export const LiveEnd = z.object({ unsubscribe: z.string().max(30) });

/** What a request asks for, as one word: "seller:2". */
export type LiveChannel = 'account' | 'flags' | 'operations' | `seller:${number}`;

/** The channel of a request. */
export const channelOf = (request: LiveRequest): LiveChannel =>
  request.subscribe === 'seller' ? `seller:${request.sellerId}` : request.subscribe;

/** Something was committed. It says what, not how: clients read again. */
export interface LiveEvent {
  /** Grows with each event. */
  id: number;
  topic: string;
  /** The seller that it is about; for operations, the run or the alert. */
  subjectId: number;
  at: string;
  /** Of an order that has just been paid: it is new to its seller, who is the subject. */
  newOrderId?: number;
}

/**
 * What the server says: that it listens, that something happened, or that it will not tell. `after` is the event before which
 * nothing is missing: a client that comes back sends it, and gets what happened since. Events may come twice then, with the same id.
 */
export type LiveMessage =
  /** `missed`: too much has happened since `after` to tell it all; read everything again. */
  | { type: 'subscribed'; channel: LiveChannel; after: number; missed: boolean }
  /** `new_order`: the event is the payment of an order that the account is to ship. */
  | { type: 'event' | 'new_order'; channel: LiveChannel; event: LiveEvent; after: number }
  /** Nothing happened, up to there. */
  | { type: 'position'; after: number }
  | { type: 'refused'; channel: LiveChannel | null; message: string };
