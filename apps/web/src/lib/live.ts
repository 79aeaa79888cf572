import { LIVE_PATH, type LiveEvent, type LiveMessage, type LiveRequest } from '@assay/contract';

export type LiveState = 'live' | 'connecting';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A connection that held this long was a good one: the next wait is a short one again. */
const STEADY_MS = 10_000;

/** Twice as long each time, and anywhere in the upper half of it: a thousand browsers must not come back at once. */
const waitBefore = (attempt: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random() / 2);

/**
 * Listens for what happens, for as long as the page is there: a connection that breaks is opened again. Whoever listens
 * reads again when the state goes back to `live`, because what happened in between was not heard.
 * @returns stops listening
 */
export function listen(request: LiveRequest, onEvent: (event: LiveEvent) => void, onState: (state: LiveState) => void): () => void {
  const address = Object.assign(new URL(LIVE_PATH, location.href), { protocol: location.protocol === 'https:' ? 'wss:' : 'ws:' });
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let stopped = false;

  function stop(): void {
    stopped = true;
    clearTimeout(timer);
    globalThis.removeEventListener('online', connectNow);
    socket?.close();
  }

  function connectNow(): void {
    if (socket) return;
    clearTimeout(timer);
    connect();
  }

  function connect(): void {
    const opened = new WebSocket(address);
    let subscribedAt = 0;
    socket = opened;
    onState('connecting');
    opened.addEventListener('open', () => opened.send(JSON.stringify(request)));
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (stopped) return;
      const message = JSON.parse(data) as LiveMessage;
      if (message.type === 'event') onEvent(message.event);
      else if (message.type === 'refused') stop();
      else {
        subscribedAt = Date.now();
        onState('live');
      }
    });
    opened.addEventListener('close', () => {
      socket = null;
      if (stopped) return;
      onState('connecting');
      attempt = subscribedAt > 0 && Date.now() - subscribedAt > STEADY_MS ? 0 : attempt + 1;
      timer = setTimeout(connect, waitBefore(attempt));
    });
  }

  globalThis.addEventListener('online', connectNow);
  connect();
  return stop;
}
