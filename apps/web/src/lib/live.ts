import { channelOf, LIVE_PATH, type LiveChannel, type LiveEvent, type LiveMessage, type LiveRequest } from '@assay/contract';

export type LiveState = 'live' | 'connecting';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A connection that held this long was a good one: the next wait is a short one again. */
const STEADY_MS = 10_000;

/** Twice as long each time, and anywhere in the upper half of it: a thousand browsers must not come back at once. */
const waitBefore = (attempt: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random() / 2);

interface Listener {
  onEvent: (event: LiveEvent, type: 'event' | 'new_order') => void;
  /** More events were missed than can be sent one by one. */
  onMissed: () => void;
  onState?: (state: LiveState) => void;
}

/** What one page wants to hear of, for as long as it does. */
interface Subscription {
  request: LiveRequest;
  listeners: Set<Listener>;
  state: LiveState;
  /** The last event before which nothing is missing; undefined before the first connection. */
  after: number | undefined;
  /** Ids after `after` that were delivered: a missed event may arrive twice. */
  delivered: Set<number>;
}

// One connection for a page, for all its parts.
const subscriptions = new Map<LiveChannel, Subscription>();
let socket: WebSocket | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let attempt = 0;

function setState(subscription: Subscription, state: LiveState): void {
  subscription.state = state;
  for (const { onState } of subscription.listeners) onState?.(state);
}

function ask({ request, after }: Subscription): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(after === undefined ? request : { ...request, after }));
}

function passed(subscription: Subscription, after: number): void {
  if (after <= (subscription.after ?? -1)) return;
  subscription.after = after;
  for (const id of subscription.delivered) if (id <= after) subscription.delivered.delete(id);
}

function hear(message: LiveMessage): void {
  if (message.type === 'position') {
    for (const subscription of subscriptions.values()) if (subscription.state === 'live') passed(subscription, message.after);
    return;
  }
  const subscription = message.channel && subscriptions.get(message.channel);
  if (!subscription || message.type === 'refused') return; // asked again with the next connection
  if (message.type === 'subscribed') {
    passed(subscription, message.after);
    setState(subscription, 'live');
    if (message.missed) for (const { onMissed } of subscription.listeners) onMissed();
    return;
  }
  const { event, after, type } = message;
  const known = subscription.delivered.has(event.id) || event.id <= (subscription.after ?? -1);
  subscription.delivered.add(event.id);
  if (!known) for (const { onEvent } of subscription.listeners) onEvent(event, type);
  passed(subscription, after);
}

function connect(): void {
  const opened = new WebSocket(
    Object.assign(new URL(LIVE_PATH, location.href), { protocol: location.protocol === 'https:' ? 'wss:' : 'ws:' }),
  );
  let heardAt = 0;
  socket = opened;
  opened.addEventListener('open', () => {
    if (socket !== opened) {
      opened.close();
      return;
    }
    for (const subscription of subscriptions.values()) ask(subscription);
  });
  opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (socket !== opened) return;
    heardAt ||= Date.now();
    hear(JSON.parse(data) as LiveMessage);
  });
  opened.addEventListener('close', () => {
    if (socket !== opened) return;
    socket = null;
    for (const subscription of subscriptions.values()) setState(subscription, 'connecting');
    attempt = heardAt > 0 && Date.now() - heardAt > STEADY_MS ? 0 : attempt + 1;
    timer = setTimeout(connect, waitBefore(attempt));
  });
}

function connectNow(): void {
  if (socket || subscriptions.size === 0) return;
  clearTimeout(timer);
  connect();
}

function disconnect(): void {
  clearTimeout(timer);
  const old = socket;
  socket = null;
  // A browser reports an error for a connection that is closed before it is open: that one closes itself when it opens.
  if (old?.readyState === WebSocket.OPEN) old.close();
}

/**
 * Listens for what happens, for as long as the page is there. A connection that breaks is opened again, and what happened
 * meanwhile is delivered then, each event once.
 * @returns stops listening
 */
export function listen(request: LiveRequest, listener: Listener): () => void {
  const channel = channelOf(request);
  const known = subscriptions.get(channel);
  const subscription = known ?? { request, listeners: new Set(), state: 'connecting', after: undefined, delivered: new Set() };
  subscription.listeners.add(listener);
  listener.onState?.(subscription.state);
  if (!known) {
    if (subscriptions.size === 0) globalThis.addEventListener('online', connectNow);
    subscriptions.set(channel, subscription);
    if (socket) ask(subscription);
    else connectNow();
  }
  return () => {
    subscription.listeners.delete(listener);
    if (subscription.listeners.size > 0 || subscriptions.get(channel) !== subscription) return;
    subscriptions.delete(channel);
    if (subscriptions.size > 0) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ unsubscribe: channel }));
      return;
    }
    globalThis.removeEventListener('online', connectNow);
    disconnect();
    attempt = 0;
  };
}

/** Another account is signed in now: subscribes again, with its rights. */
export function reconnect(): void {
  if (subscriptions.size === 0) return;
  disconnect();
  for (const subscription of subscriptions.values()) setState(subscription, 'connecting');
  connect();
}
