import { LIVE_PATH, type LiveMessage, type LiveRequest } from '@assay/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listen, reconnect } from './live.ts';

/** A socket whose other end is the test. */
class Socket extends EventTarget {
  static readonly OPEN = 1;
  static opened: Socket[] = [];
  readyState = 0;
  sent: string[] = [];
  readonly address: string;
  constructor(address: URL) {
    super();
    this.address = address.href;
    Socket.opened.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  opens() {
    this.readyState = Socket.OPEN;
    this.dispatchEvent(new Event('open'));
  }
  close() {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
  says(message: LiveMessage) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
}

const page = new EventTarget();
beforeEach(() => {
  Socket.opened = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('location', { href: 'https://shop.example/seller/ratings', protocol: 'https:' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const happened = (id: number) => ({ id, topic: 'rating.submitted', subjectId: 2, at: '2026-11-22T09:30:00.000Z' });
const latest = () => Socket.opened.at(-1)!;
const channel = 'seller:2';
const subscribed = (after: number, missed = false) => ({ type: 'subscribed', channel, after, missed }) as const;
const event = (id: number, after: number) => ({ type: 'event', channel, event: happened(id), after }) as const;

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});
function start(request: LiveRequest = { subscribe: 'seller', sellerId: 2 }) {
  const heard: unknown[] = [];
  const stop = listen(request, {
    onEvent: ({ id }) => heard.push(id),
    onMissed: () => heard.push('missed'),
    onState: (state) => heard.push(state),
  });
  stops.push(stop);
  return { heard, stop };
}

it('asks for what the page shows, and hands on what happened', () => {
  const { heard } = start();
  expect(latest().address).toBe(`wss://shop.example${LIVE_PATH}`);
  latest().opens();
  expect(latest().sent).toEqual(['{"subscribe":"seller","sellerId":2}']);
  latest().says(subscribed(0));
  latest().says(event(1, 1));
  expect(heard).toEqual(['connecting', 'live', 1]);
});

it('has one connection for a page, and gives each part its own events', () => {
  const ratings = start();
  const flags = start({ subscribe: 'flags' });
  latest().opens();
  const late = start({ subscribe: 'seller', sellerId: 3 });
  const again = start();
  expect(Socket.opened).toHaveLength(1);
  expect(latest().sent).toEqual(['{"subscribe":"seller","sellerId":2}', '{"subscribe":"flags"}', '{"subscribe":"seller","sellerId":3}']);
  latest().says(subscribed(0));
  latest().says(event(1, 1));
  expect([ratings.heard, again.heard, flags.heard, late.heard].map((heard) => heard.at(-1))).toEqual([1, 1, 'connecting', 'connecting']);
  ratings.stop();
  late.stop();
  expect(latest().sent.at(-1)).toBe('{"unsubscribe":"seller:3"}'); // seller 2 has another listener
});

it('gets after a break what it missed, each event once and none left out', () => {
  const { heard } = start();
  latest().opens();
  latest().says(subscribed(10));
  latest().says(event(12, 10)); // 11 is not committed yet
  latest().close();
  vi.advanceTimersToNextTimer();
  latest().opens();
  expect(latest().sent).toEqual(['{"subscribe":"seller","sellerId":2,"after":10}']);
  latest().says(subscribed(10));
  for (const id of [11, 12, 13]) latest().says(event(id, 10));
  latest().says({ type: 'position', after: 13 });
  latest().says(event(13, 13));
  latest().says(event(14, 14));
  expect(heard.filter((one) => typeof one === 'number')).toEqual([12, 11, 13, 14]);
  latest().close();
  vi.advanceTimersToNextTimer();
  latest().opens();
  expect(latest().sent).toEqual(['{"subscribe":"seller","sellerId":2,"after":14}']);
  latest().says(subscribed(9000, true));
  expect(heard.at(-1)).toBe('missed');
});

it('comes back after a lost connection, later each time, and never later than 15 seconds', () => {
  start();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const before = Date.now();
    const { length } = Socket.opened;
    latest().close();
    while (Socket.opened.length === length) vi.advanceTimersToNextTimer();
    waits.push(Date.now() - before);
  }
  expect(Math.max(...waits)).toBeLessThanOrEqual(15_000);
  expect(waits[0]).toBeLessThanOrEqual(1000);
  expect(Math.min(...waits.slice(-3))).toBeGreaterThanOrEqual(7500);
});

it('waits little again after a connection that held', () => {
  const { heard } = start();
  for (let attempt = 0; attempt < 6; attempt++) {
    latest().close();
    vi.advanceTimersToNextTimer();
  }
  latest().says(subscribed(0));
  vi.advanceTimersByTime(60_000);
  const { length } = Socket.opened;
  latest().close();
  expect(heard.at(-1)).toBe('connecting');
  vi.advanceTimersByTime(500);
  expect(Socket.opened).toHaveLength(length + 1);
});

it('comes back at once when the machine is online again, with one connection only', () => {
  start();
  page.dispatchEvent(new Event('online'));
  expect(Socket.opened).toHaveLength(1);
  latest().close();
  page.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(60_000);
  expect(Socket.opened).toHaveLength(2);
});

it('subscribes again with the rights of the account that is signed in now', () => {
  const { heard } = start({ subscribe: 'operations' });
  latest().opens();
  latest().says({ type: 'refused', channel: 'operations', message: 'Operators only.' });
  expect(heard).toEqual(['connecting']);
  reconnect();
  expect(Socket.opened).toHaveLength(2);
  latest().opens();
  latest().says({ type: 'subscribed', channel: 'operations', after: 0, missed: false });
  expect(heard.at(-1)).toBe('live');
  vi.advanceTimersByTime(60_000);
  expect(Socket.opened).toHaveLength(2);
});

it('closes a connection that is still being made only once it is open: browsers report an error otherwise', () => {
  const { stop } = start();
  const early = latest();
  stop();
  expect(early.readyState).toBe(0);
  start();
  expect(latest()).not.toBe(early);
  latest().opens();
  early.opens();
  expect([early.readyState, early.sent]).toEqual([3, []]);
  expect(latest().sent).toHaveLength(1);
});

it('stays away after the page is left', () => {
  const left = start();
  left.stop();
  page.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(60_000);
  expect(Socket.opened).toHaveLength(1);
  expect(left.heard).toEqual(['connecting']);
});
