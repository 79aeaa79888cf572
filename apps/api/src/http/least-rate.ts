import type { IncomingMessage } from 'node:http';

/** What has to arrive of an upload in each window: no line over which people upload is slower. */
const LEAST_BYTES = 64 * 1024;
const WINDOW_MS = 15_000;

/**
 * Watches how fast a body arrives.
 * @param onSlow called once, when a window brought less than {@link LEAST_BYTES}
 * @returns ends the watch
 */
export function watchRate(req: IncomingMessage, onSlow: () => void, windowMs = WINDOW_MS): () => void {
  let before = req.socket.bytesRead;
  const timer = setInterval(() => {
    const arrived = req.socket.bytesRead - before;
    before += arrived;
    const isOurs = req.readableLength > 0; // it waits for this process to take it
    if (req.complete || isOurs || arrived >= LEAST_BYTES) return;
    clearInterval(timer);
    onSlow();
  }, windowMs);
  return () => clearInterval(timer);
}
