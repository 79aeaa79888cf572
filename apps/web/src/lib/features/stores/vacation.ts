/** Whether a store is on vacation now: until then it takes no orders. */
export const isClosed = ({ closedUntil }: { closedUntil: string | null }, now = Date.now()): boolean =>
  closedUntil !== null && Date.parse(closedUntil) > now;
