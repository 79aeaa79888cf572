import { channelOf, LiveEnd, LiveRequest, type LiveChannel, type LiveEvent, type LiveMessage } from '@assay/contract';
import { nextTurn, type Actor, type LiveChannelName } from '@assay/core';
import type { WebSocket } from 'ws';
import type { Container } from '../container.ts';
import { concerns, type CatchUps } from './catch-up.ts';
import { channelsOf, throttled } from './channels.ts';

const PING_MS = 30_000;
/** Clients must subscribe within this time. */
const SILENCE_MS = 10_000;
const SUBSCRIPTIONS_MAX = 10;
/** Missed events that are sent in one turn of the event loop. */
const SENT_AT_ONCE = 20;
/** Messages of one connection: our pages send far fewer. */
const MESSAGES_MAX = 1000;
/** What waits to be sent to a client that does not read, in bytes. */
const UNREAD_BYTES_MAX = 256 * 1024;

/** "Policy violation", "internal error", "service restart" and "try again later", as RFC 6455 and its registry number them. */
const CLOSE = { policy: 1008, internal: 1011, restart: 1012, later: 1013 } as const;

export interface LiveBudget {
  catchUp: CatchUps;
  /** Counts a message of the account, or of the address; false when there were too many. */
  spend: () => Promise<boolean>;
}

/**
 * One open WebSocket: it subscribes to channels, and gets what is committed, and what it missed since its last connection.
 * @param first what it subscribes to without asking
 */
export function liveSession(
  container: Container,
  client: WebSocket,
  actor: Actor,
  { catchUp, spend }: LiveBudget,
  first: LiveRequest | null,
): void {
  const { config, feed, log } = container;
  /** Subscriptions, and how each ends. */
  const channels = new Map<string, AbortController>();
  let messages = 0;
  let alive = true;
  const say = (message: LiveMessage) => {
    if (client.bufferedAmount > UNREAD_BYTES_MAX) client.terminate();
    else if (client.readyState === client.OPEN) client.send(JSON.stringify(message));
  };
  const refuse = (channel: LiveChannel | null, message: string) => {
    say({ type: 'refused', channel, message });
    if (channel === null) client.close(CLOSE.policy);
  };
  const heartbeat = setInterval(() => {
    if (!alive) return client.terminate();
    alive = false;
    client.ping();
    if (channels.size > 0) say({ type: 'position', after: feed.position() });
  }, PING_MS);
  const silence = first ? undefined : setTimeout(() => client.terminate(), SILENCE_MS);

  const subscribe = (request: LiveRequest) => {
    const channel = channelOf(request);
    if (channels.has(channel)) return;
    if (channels.size >= SUBSCRIPTIONS_MAX) return refuse(null, 'Too many subscriptions.');
    const hears = channelsOf(request, actor);
    if (!hears) return refuse(channel, channel === 'operations' ? 'For operators only.' : 'Sign in first.');
    const ended = new AbortController();
    channels.set(channel, ended);
    // The right lasts as long as the token that proves it: a client that still has the right comes back with a new token.
    if (channel === 'operations' || channel === 'account')
      whenOver(
        ended.signal,
        setTimeout(() => client.close(CLOSE.restart), config.jwt.ttlS * 1000),
      );
    const sendEvent = (event: LiveEvent, after: number) => say({ type: typeFor(event, channel, actor), channel, event, after });
    sendAll({ feed, catchUp }, channel, hears, request.after, { say, sendEvent }, ended.signal).catch((error: unknown) => {
      log.warn({ err: error }, 'could not listen to events');
      client.close(CLOSE.internal);
    });
  };

  const hear = async (data: Buffer) => {
    if (client.readyState !== client.OPEN) return;
    if (!(await spend())) return client.close(CLOSE.later);
    const said = parseJson(data.toString());
    const request = LiveRequest.safeParse(said);
    const end = LiveEnd.safeParse(said);
    if (!(request.success || end.success)) return refuse(null, 'This message is not understood.');
    if (request.success) return subscribe(request.data);
    channels.get(end.data!.unsubscribe)?.abort();
    channels.delete(end.data!.unsubscribe);
  };

  let heard = Promise.resolve(); // one message after the other
  client.on('message', (data: Buffer) => {
    clearTimeout(silence);
    if (++messages > MESSAGES_MAX) return refuse(null, 'Too many messages.');
    heard = heard.then(() => hear(data));
  });
  if (first) subscribe(first);
  client.on('pong', () => (alive = true));
  client.on('error', () => client.terminate());
  client.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(silence);
    for (const ended of channels.values()) ended.abort();
  });
}

/** The buyer of an order hears of its payment, too: to them it is not new. */
const typeFor = ({ newOrderId, subjectId }: LiveEvent, channel: LiveChannel, actor: Actor): 'event' | 'new_order' =>
  newOrderId !== undefined && channel === 'account' && actor.kind === 'user' && actor.id === subjectId ? 'new_order' : 'event';

/** Sends what was missed since `after`, then what happens, until it is over: in that order, and without a gap between the two. */
async function sendAll(
  { feed, catchUp }: Pick<Container, 'feed'> & Pick<LiveBudget, 'catchUp'>,
  channel: LiveChannel,
  hears: readonly LiveChannelName[],
  after: number | undefined,
  { say, sendEvent }: { say: (message: LiveMessage) => void; sendEvent: (event: LiveEvent, after: number) => void },
  over: AbortSignal,
): Promise<void> {
  const sendNow = (event: LiveEvent) => sendEvent(event, feed.position());
  const live = channel === 'operations' ? throttled(sendNow) : { send: sendNow, end: () => {} };
  let waiting: LiveEvent[] | null = []; // until what was missed is sent
  const end = await feed.watch((fact) => {
    if (!concerns(fact, hears)) return;
    const { event } = fact;
    if (waiting) waiting.push(event);
    else live.send(event);
  });
  const stop = () => {
    end();
    live.end();
  };
  if (over.aborted) return stop();
  over.addEventListener('abort', stop);

  const position = feed.position();
  const missed = after === undefined ? [] : await catchUp.since(hears, after);
  say({ type: 'subscribed', channel, after: missed ? (after ?? position) : position, missed: missed === null });
  for (const [index, event] of (missed ?? []).entries()) {
    if (index % SENT_AT_ONCE === SENT_AT_ONCE - 1) await nextTurn(); // other clients are served between them
    if (over.aborted) return;
    sendEvent(event, after!);
  }
  if (missed) say({ type: 'position', after: position });
  for (const event of waiting) sendNow(event);
  waiting = null;
}

function whenOver(signal: AbortSignal, timer: NodeJS.Timeout): void {
  signal.addEventListener('abort', () => clearTimeout(timer));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
