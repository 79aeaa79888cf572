import { z } from 'zod';

/** What a browser asks for: the ratings of a seller (public), or what operators see (admins and operators only). */
export const LiveRequest = z.discriminatedUnion('subscribe', [
  z.object({ subscribe: z.literal('seller'), sellerId: z.int().min(1) }),
  z.object({ subscribe: z.literal('operations') }),
]);
export type LiveRequest = z.infer<typeof LiveRequest>;

/** Something was committed. It says what, not how: whoever listens reads again. */
export interface LiveEvent {
  /** Grows with each event. */
  id: number;
  topic: string;
  /** The seller that it is about; for operations, the run or the alert. */
  subjectId: number;
  at: string;
}

/** What the server says: that it listens, or that something happened. */
export type LiveMessage = { type: 'subscribed' } | { type: 'event'; event: LiveEvent } | { type: 'refused'; message: string };
