import { LIVE_PATH, type LiveMessage } from '@assay/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listen } from './live.ts';

/** A socket whose other end is the test. */
class Socket extends EventTarget {
  static opened: Socket[] = [];
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
  close() {
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
  vi.stubGlobal('location', { href: 'https://shop.example/sell/ratings', protocol: 'https:' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const event = { id: 1, topic: 'rating.submitted', subjectId: 2, at: '2026-11-22T09:30:00.000Z' };
const latest = () => Socket.opened.at(-1)!;
function start() {
  const heard: unknown[] = [];
  const stop = listen(
    { subscribe: 'seller', sellerId: 2 },
    ({ id }) => heard.push(id),
    (state) => heard.push(state),
  );
  return { heard, stop };
}

it('asks for what the page shows, and hands on what happened', () => {
  const { heard, stop } = start();
  expect(latest().address).toBe(`wss://shop.example${LIVE_PATH}`);
  latest().dispatchEvent(new Event('open'));
  expect(latest().sent).toEqual(['{"subscribe":"seller","sellerId":2}']);
  latest().says({ type: 'subscribed' });
  latest().says({ type: 'event', event });
  expect(heard).toEqual(['connecting', 'live', 1]);
  stop();
});

it('comes back after a lost connection, later each time, and never later than 15 seconds', () => {
  const { stop } = start();
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
  stop();
});

it('waits little again after a connection that held', () => {
  const { heard, stop } = start();
  for (let attempt = 0; attempt < 6; attempt++) {
    latest().close();
    vi.advanceTimersToNextTimer();
  }
  latest().says({ type: 'subscribed' });
  vi.advanceTimersByTime(60_000);
  const { length } = Socket.opened;
  latest().close();
  expect(heard.at(-1)).toBe('connecting');
  vi.advanceTimersByTime(500);
  expect(Socket.opened).toHaveLength(length + 1);
  stop();
});

it('comes back at once when the machine is online again, with one connection only', () => {
  const { stop } = start();
  page.dispatchEvent(new Event('online'));
  expect(Socket.opened).toHaveLength(1);
  latest().close();
  page.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(60_000);
  expect(Socket.opened).toHaveLength(2);
  stop();
});

it('stays away when it is refused, and after the page is left', () => {
  const refused = start();
  latest().says({ type: 'refused', message: 'Operators only.' });
  const left = start();
  left.stop();
  page.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(60_000);
  expect(Socket.opened).toHaveLength(2);
  expect([...refused.heard, ...left.heard]).toEqual(['connecting', 'connecting']);
});
