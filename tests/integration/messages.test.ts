import type { MessageView, OrderView, ReportedMessages, SubjectView, ThreadPage, ThreadView, UnreadThreads } from '@assay/contract';
import { purgeThreads } from '@assay/core';
import { createPerson, createSeller, onEachEngine, proveAddresses, useProduct, type Person, type Seller } from '@assay/testing';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';

const DAY_MS = 24 * 3_600_000;
type Who = { token: string };

/** What buyers and sellers write to each other. */
onEachEngine('messages', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  let seller: Seller;
  let buyer: Person;
  beforeEach(async () => {
    seller = await createSeller(db.database);
    buyer = await createPerson(db.database);
    await proveAddresses(db.database, [seller, buyer]);
  });

  const about = (kind = 'listing', subjectId = seller.listingId) => ({ kind, subjectId });
  const start = (who: Who, text = 'Is the glaze safe for food?', subject: object = about(), clientId: string = randomUUID()) =>
    rest.post('/messages', { ...subject, clientId, text }, who);
  const send = (id: number, who: Who, text: string, clientId: string = randomUUID()) =>
    rest.post(`/messages/${id}`, { clientId, text }, who);
  const read = async (id: number, who: Who) => (await rest.get(`/messages/${id}`, who)).body as ThreadView;
  const list = async (who: Who, query = '') => ((await rest.get(`/messages${query}`, who)).body as ThreadPage).items;
  const unread = async (who: Who) => ((await rest.get('/messages/unread', who)).body as UnreadThreads).threads;
  const begun = async (text?: string, subject?: object) => ((await start(as(buyer), text, subject)).body as ThreadView).id;
  const texts = ({ messages }: ThreadView) => messages.map(({ text }) => text);

  /** An order of the buyer, which is paid or not. */
  async function order(pay = true): Promise<number> {
    const { id } = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body as OrderView;
    if (pay) await rest.post(`/orders/${id}/pay`, undefined, as(buyer));
    return id;
  }

  describe('a thread', () => {
    it('about a listing is begun by a buyer, and answered by its seller', async () => {
      const started = await start(as(buyer));
      expect([started.status, started.body]).toMatchObject([
        201,
        {
          kind: 'listing',
          role: 'buyer',
          other: { id: seller.id },
          title: expect.any(String),
          holdsFrom: 50,
          messages: [{ position: 1, from: 'buyer', mine: true, status: 'sent', text: 'Is the glaze safe for food?' }],
        },
      ]);
      const { id } = started.body as ThreadView;
      expect(await list(as(seller))).toMatchObject([{ id, unread: 1, role: 'seller', last: { mine: false, clientId: null } }]);
      expect((await send(id, as(seller), 'Yes, it is.')).status).toBe(201);
      expect(texts(await read(id, as(buyer)))).toEqual(['Is the glaze safe for food?', 'Yes, it is.']);
      expect([await unread(as(buyer)), await unread(as(seller))]).toEqual([1, 1]);
    });

    it('is one for each buyer and subject', async () => {
      const id = await begun();
      expect(await begun('And how heavy is it?')).toBe(id);
      const store = await begun('Do you make plates?', about('store', seller.id));
      expect(store).not.toBe(id);
      const stranger = await createPerson(db.database);
      await proveAddresses(db.database, [stranger]);
      expect(((await start(as(stranger))).body as ThreadView).id).not.toBe(id);
      expect(texts(await read(id, as(buyer)))).toHaveLength(2);
      expect((await list(as(seller))).map((thread) => thread.id)).toHaveLength(3);
    });

    it('about an order is for both of its sides', async () => {
      const orderId = await order();
      const id = ((await start(as(seller), 'Which colour do you want?', about('order', orderId))).body as ThreadView).id;
      expect(await read(id, as(buyer))).toMatchObject({ kind: 'order', subjectId: orderId, other: { id: seller.id }, holdsFrom: null });
      expect(await read(id, as(seller))).toMatchObject({ other: { id: buyer.id, name: buyer.fullName } });
      const found = (await rest.get(`/messages/about?kind=order&subjectId=${orderId}`, as(buyer))).body as SubjectView;
      expect(found).toMatchObject({ threadId: id, role: 'buyer', other: { id: seller.id } });
    });

    it('names a buyer to the seller in short before an order', async () => {
      const id = await begun();
      expect((await read(id, as(seller))).other.name).not.toBe(buyer.fullName);
    });

    it('is refused about one’s own store and listing, and about what is not there', async () => {
      const codes = async (...subjects: object[]) =>
        Promise.all(subjects.map(async (subject) => (await start(as(seller), 'Hello there', subject)).body.code));
      expect(
        await codes(about(), about('store', seller.id), about('listing', 999_999), about('store', buyer.id), about('order', 999_999)),
      ).toEqual(['OWN_MESSAGE', 'OWN_MESSAGE', 'LISTING_NOT_FOUND', 'SELLER_NOT_FOUND', 'ORDER_NOT_FOUND']);
    });

    it('needs an account with a mailbox or a wallet, but for an order', async () => {
      await db.database.prisma.user.updateMany({ where: { id: buyer.id }, data: { emailVerifiedAt: null } });
      expect((await start(as(buyer))).body.code).toBe('EMAIL_NOT_VERIFIED');
      expect((await start(as(buyer), 'When do you ship?', about('order', await order()))).status).toBe(201);
    });

    it('is nothing to others, and neither is a thread about their order', async () => {
      const id = await begun();
      const [orderId, outsider] = [await order(), await createSeller(db.database)];
      expect((await start(as(outsider), 'Hello there', about('order', orderId))).body.code).toBe('ORDER_NOT_FOUND');
      expect((await rest.get(`/messages/about?kind=order&subjectId=${orderId}`, as(outsider))).body.code).toBe('ORDER_NOT_FOUND');
      const admin = await createPerson(db.database, ['admin']);
      for (const who of [await createPerson(db.database), await createSeller(db.database), admin]) {
        expect((await rest.get(`/messages/${id}`, as(who))).body.code).toBe('THREAD_NOT_FOUND');
        expect((await send(id, as(who), 'Let me in')).body.code).toBe('THREAD_NOT_FOUND');
        expect((await rest.post(`/messages/${id}/read`, { upTo: 1 }, as(who))).body.code).toBe('THREAD_NOT_FOUND');
        expect((await rest.post(`/messages/${id}/archive`, { archived: true }, as(who))).body.code).toBe('THREAD_NOT_FOUND');
        expect(await list(as(who))).toEqual([]);
      }
    });
  });

  describe('a message', () => {
    it('is one, however often its client sends it: also at once, and before there is a thread', async () => {
      const clientId = randomUUID();
      const answers = await Promise.all(Array.from({ length: 6 }, () => start(as(buyer), 'Is it blue?', about(), clientId)));
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
      expect(new Set(answers.map(({ body }) => (body as ThreadView).id)).size).toBe(1);
      const { id } = answers[0]!.body as ThreadView;
      expect(texts(await read(id, as(buyer)))).toEqual(['Is it blue?']);
      const again = randomUUID();
      await Promise.all(Array.from({ length: 6 }, () => send(id, as(seller), 'It is.', again)));
      expect(texts(await read(id, as(seller)))).toEqual(['Is it blue?', 'It is.']);
      expect(
        await db.database.prisma.outboxEvent.count({ where: { topic: 'message.sent', payload: { contains: `"threadId":${id},` } } }),
      ).toBe(2);
    });

    it('with the id of another one is refused', async () => {
      const clientId = randomUUID();
      const id = ((await start(as(buyer), 'Is it blue?', about(), clientId)).body as ThreadView).id;
      expect((await send(id, as(buyer), 'Is it green?', clientId)).body.code).toBe('MESSAGE_ID_TAKEN');
      expect((await start(as(buyer), 'Is it blue?', about('store', seller.id), clientId)).body.code).toBe('MESSAGE_ID_TAKEN');
      expect((await send(id, as(buyer), 'Is it blue?', clientId.toUpperCase())).status).toBe(201);
      expect((await send(id, as(seller), 'It is.', clientId)).status).toBe(201); // an id belongs to its sender
      expect(texts(await read(id, as(buyer)))).toEqual(['Is it blue?', 'It is.']);
    });

    it('has one place, in the order of the server: many at once leave no gap and no double', async () => {
      const id = await begun();
      await Promise.all(Array.from({ length: 10 }, (_, i) => send(id, i % 2 ? as(buyer) : as(seller), `Message ${i}`)));
      const { messages } = await read(id, as(buyer));
      expect(messages.map(({ position }) => position)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
      expect(messages.map((message) => message.id)).toEqual(messages.map((message) => message.id).toSorted((a, b) => a - b));
    });

    it('that is empty or too long is refused', async () => {
      const id = await begun();
      for (const text of ['', '  \n ', 'x'.repeat(2001)]) expect((await send(id, as(buyer), text)).body.code).toBe('VALIDATION_FAILED');
      expect((await send(id, as(buyer), 'x'.repeat(2000))).status).toBe(201);
      expect((await send(id, as(buyer), 'Hello', 'not an id')).body.code).toBe('VALIDATION_FAILED');
    });

    it('is read page by page, latest first', async () => {
      const id = await begun('Message 1');
      for (let i = 2; i <= 5; i++) await send(id, as(buyer), `Message ${i}`);
      const page = (await rest.get(`/messages/${id}?limit=2`, as(seller))).body as ThreadView;
      expect([texts(page), page.lastPosition]).toEqual([['Message 4', 'Message 5'], 5]);
      const before = (await rest.get(`/messages/${id}?limit=4&cursor=${page.earlier}`, as(seller))).body as ThreadView;
      expect([texts(before), before.earlier, before.lastPosition]).toEqual([['Message 1', 'Message 2', 'Message 3'], null, 5]);
      expect((await rest.get(`/messages/${id}?cursor=bm9uZQ`, as(seller))).body.code).toBe('INVALID_CURSOR');
    });

    it('is counted: many in an hour, and many threads in a day, are refused', async () => {
      const id = await begun();
      const row = { threadId: id, senderId: buyer.id, status: 'sent', text: 'Hello', createdAt: new Date() };
      const rows = Array.from({ length: 119 }, (_, i) => ({ ...row, clientId: randomUUID(), position: i + 2 }));
      await db.database.prisma.message.createMany({ data: rows });
      await db.database.prisma.messageThread.updateMany({ where: { id }, data: { lastPosition: 120 } });
      const refused = await send(id, as(buyer), 'One more');
      expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_MESSAGES']);
      expect((await send(id, as(seller), 'Slow down')).status).toBe(201);
      await db.database.prisma.message.updateMany({ where: { threadId: id }, data: { createdAt: new Date(Date.now() - DAY_MS) } });
      expect((await send(id, as(buyer), 'One more')).status).toBe(201);
      const thread = {
        kind: 'listing',
        buyerId: buyer.id,
        sellerId: seller.id,
        lastPosition: 0,
        createdAt: new Date(),
        lastAt: new Date(),
      };
      await db.database.prisma.messageThread.createMany({
        data: Array.from({ length: 39 }, (_, i) => ({ ...thread, subjectId: 1_000_000 + seller.id * 100 + i })),
      });
      expect((await start(as(buyer), 'Hello there', about('store', seller.id))).body.code).toBe('TOO_MANY_MESSAGES');
    });
  });

  describe('reading', () => {
    it('marks what was read, and never goes back; the other side sees how far', async () => {
      const id = await begun();
      await send(id, as(buyer), 'And how heavy is it?');
      expect((await list(as(seller)))[0]).toMatchObject({ unread: 2 });
      const mark = async (upTo: number) => (await rest.post(`/messages/${id}/read`, { upTo }, as(seller))).body;
      expect(await mark(1)).toEqual({ threads: 1 });
      expect((await read(id, as(seller))).unread).toBe(1);
      expect(await mark(2_147_483_647)).toEqual({ threads: 0 }); // what comes later is not read yet
      expect(await mark(1)).toEqual({ threads: 0 });
      expect((await read(id, as(buyer))).readByOther).toBe(2);
      await send(id, as(buyer), 'Are you there?');
      expect([await unread(as(seller)), (await read(id, as(seller))).unread]).toEqual([1, 1]);
      expect((await list(as(seller), '?unread=true')).map((thread) => thread.id)).toEqual([id]);
      expect(await list(as(buyer), '?unread=true')).toEqual([]);
    });

    it('an archived thread comes back with the next message', async () => {
      const id = await begun();
      const archive = (archived: boolean) => rest.post(`/messages/${id}/archive`, { archived }, as(seller));
      expect((await archive(true)).status).toBe(204);
      expect((await archive(true)).status).toBe(204);
      expect([await list(as(seller)), (await list(as(seller), '?archived=true')).length]).toEqual([[], 1]);
      expect(await list(as(buyer))).toHaveLength(1);
      await archive(false);
      expect(await list(as(seller))).toHaveLength(1);
      await archive(true);
      await send(id, as(buyer), 'Are you there?');
      expect(await list(as(seller))).toMatchObject([{ id, archived: false }]);
    });

    it('finds threads by text, title and store, and not by what is not shown', async () => {
      const id = await begun('Is it made of 100% cobalt_blue?');
      const found = async (who: Who, q: string) => (await list(who, `?q=${encodeURIComponent(q)}`)).map((thread) => thread.id);
      expect(await found(as(buyer), 'COBALT')).toEqual([id]);
      expect([await found(as(buyer), '100%'), await found(as(buyer), '1_0'), await found(as(buyer), 'teapots')]).toEqual([[id], [], []]);
      const { title } = await read(id, as(buyer));
      expect(await found(as(seller), title!)).toEqual([id]);
      expect(await found(as(buyer), seller.fullName)).toEqual([id]);
      expect(await found(as(seller), buyer.fullName)).toEqual([]);
      await send(id, as(buyer), 'Write to me at nora@secret.example');
      expect([await found(as(buyer), 'secret'), await found(as(seller), 'secret')]).toEqual([[id], []]);
    });

    it('lists threads page by page, latest message first', async () => {
      const ids = [await begun('First', about('store', seller.id)), await begun('Second')];
      const page = (await rest.get('/messages?limit=1', as(buyer))).body as ThreadPage;
      expect(page.items.map(({ id }) => id)).toEqual([ids[1]]);
      const next = (await rest.get(`/messages?limit=1&cursor=${page.nextCursor}`, as(buyer))).body as ThreadPage;
      expect([next.items.map(({ id }) => id), next.nextCursor]).toEqual([[ids[0]], null]);
    });
  });

  describe('before a purchase', () => {
    it.each([
      ['Mail me at nora@pots.example', 'email'],
      ['Call me on +351 912 345 678', 'phone'],
      ['Cheaper at https://pots.example/x', 'link'],
    ])('%j is held: its sender alone sees it', async (text, reason) => {
      const id = await begun();
      await rest.post(`/messages/${id}/read`, { upTo: 1 }, as(seller));
      const held = (await send(id, as(buyer), text)).body as ThreadView;
      expect(held.messages.at(-1)).toMatchObject({ status: 'held', heldFor: reason, text });
      expect(texts(await read(id, as(seller)))).toEqual(['Is the glaze safe for food?']);
      expect([await unread(as(seller)), (await list(as(seller)))[0]!.last!.text]).toEqual([0, 'Is the glaze safe for food?']);
      expect(JSON.stringify([await list(as(seller)), await read(id, as(seller))])).not.toContain(text);
    });

    it('links to our own pages and numbers that are no telephone numbers are delivered', async () => {
      const id = await begun();
      const { publicUrl } = api.container.config;
      for (const text of [
        `See ${publicUrl}/listings/7`,
        'Tracking 00340434161094042557',
        'ISBN 978-3-16-148410-0',
        '1,250.00 on 29.11.2026',
      ])
        expect(((await send(id, as(buyer), text)).body as ThreadView).messages.at(-1)!.status, text).toBe('sent');
    });

    it('a thread that begins with one is not there for the other side', async () => {
      const id = await begun('Mail me at nora@pots.example');
      expect([await list(as(seller)), await unread(as(seller)), await list(as(buyer))]).toMatchObject([[], 0, [{ id }]]);
      await send(id, as(buyer), 'Is the glaze safe for food?');
      expect(texts(await read(id, as(seller)))).toEqual(['Is the glaze safe for food?']);
    });

    it('sellers are held as well; once the buyer has paid, nothing is', async () => {
      const id = await begun();
      const sent = async (who: Who) =>
        ((await send(id, who, 'Call me on +351 912 345 678')).body as ThreadView).messages.at(-1) as MessageView;
      expect((await sent(as(seller))).status).toBe('held');
      await order(false);
      expect((await sent(as(buyer))).status).toBe('held');
      await order();
      expect([(await sent(as(buyer))).status, (await sent(as(seller))).status]).toEqual(['sent', 'sent']);
    });
  });

  describe('blocking and reporting', () => {
    const block = (id: number, who: Who, blocked = true) => rest.post(`/messages/${id}/block`, { blocked }, who);

    it('a person who is blocked cannot write, but about an order', async () => {
      const id = await begun();
      expect((await block(id, as(seller))).status).toBe(204);
      expect((await block(id, as(seller))).status).toBe(204);
      expect((await send(id, as(buyer), 'Are you there?')).body.code).toBe('MESSAGES_BLOCKED');
      expect((await start(as(buyer), 'Hello there', about('store', seller.id))).body.code).toBe('MESSAGES_BLOCKED');
      expect((await send(id, as(seller), 'No.')).body.code).toBe('MESSAGES_BLOCKED');
      expect([(await read(id, as(seller))).blocked, (await read(id, as(buyer))).blocked]).toEqual([true, false]);
      expect((await start(as(buyer), 'When do you ship?', about('order', await order()))).status).toBe(201);
      await block(id, as(seller), false);
      expect((await send(id, as(buyer), 'Are you there?')).status).toBe(201);
    });

    it('a reported message waits for a moderator, who reads what was said before it, and removes it', async () => {
      const admin = await createPerson(db.database, ['admin']);
      const id = await begun('Hello');
      await send(id, as(buyer), 'Pay me elsewhere, please');
      const messages = (await read(id, as(seller))).messages;
      const report = (messageId: number, who: Who) =>
        rest.post(`/messages/${id}/report`, { messageId, reason: 'scam', detail: 'Odd' }, who);
      const messageId = messages[1]!.id;
      expect((await report(messageId, as(buyer))).body.code).toBe('MESSAGE_NOT_FOUND'); // one's own
      expect((await report(999_999, as(seller))).body.code).toBe('MESSAGE_NOT_FOUND');
      const answers = await Promise.all([report(messageId, as(seller)), report(messageId, as(seller))]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
      const queue = async () => (await rest.get('/moderation/messages', as(admin))).body as ReportedMessages;
      const item = (await queue()).items.find(({ message }) => message.id === messageId)!;
      expect(item).toMatchObject({ before: [{ text: 'Hello' }], reports: [{ reason: 'scam', by: 'seller' }], own: false });
      const decide = (decision: string, who: Who = as(admin)) => rest.post(`/moderation/messages/${messageId}`, { decision }, who);
      expect((await decide('removed', as(seller))).body.code).toBe('FORBIDDEN');
      expect((await decide('removed')).status).toBe(204);
      expect((await decide('removed')).body.code).toBe('MESSAGE_NOT_FOUND');
      for (const who of [seller, buyer]) expect(texts(await read(id, as(who)))).toEqual(['Hello', null]);
      expect(await list(as(buyer), '?q=elsewhere')).toEqual([]);
      expect((await queue()).items.map(({ message }) => message.id)).not.toContain(messageId);
      const audited = await db.database.prisma.auditEntry.findMany({ where: { entity: 'message', entityId: String(messageId) } });
      expect(audited).toMatchObject([{ action: 'message.removed', actorId: admin.id }]);
    });

    it('an admin does not decide about an own conversation', async () => {
      const admin = await createPerson(db.database, ['admin', 'buyer']);
      await proveAddresses(db.database, [admin]);
      const id = ((await start(as(admin), 'Hello')).body as ThreadView).id;
      const messageId = (await read(id, as(seller))).messages[0]!.id;
      await rest.post(`/messages/${id}/report`, { messageId, reason: 'spam' }, as(seller));
      expect((await rest.post(`/moderation/messages/${messageId}`, { decision: 'dismissed' }, as(admin))).body.code).toBe('OWN_CASE');
      const another = await createPerson(db.database, ['admin']);
      expect((await rest.post(`/moderation/messages/${messageId}`, { decision: 'dismissed' }, as(another))).status).toBe(204);
      expect(texts(await read(id, as(seller)))).toEqual(['Hello']);
    });
  });

  it('no address of an account is in an answer, a fact or the audit log', async () => {
    const people = [buyer, seller];
    const addresses = people.map(({ id }) => `person-${id}@mail.example`);
    for (const [i, { id }] of people.entries())
      // A name of an earlier release may be an address.
      await db.database.prisma.user.updateMany({ where: { id }, data: { email: addresses[i]!, fullName: addresses[i]! } });
    const orderId = await order();
    const id = await begun();
    const said: string[] = [];
    for (const who of people) {
      const token = as(who);
      said.push(JSON.stringify((await send(id, token, 'Good day to you')).body));
      for (const path of [
        `/messages/${id}`,
        '/messages',
        '/messages/unread',
        '/messages?q=good',
        `/messages/about?kind=order&subjectId=${orderId}`,
      ])
        said.push(JSON.stringify((await rest.get(path, token)).body));
      said.push(JSON.stringify((await start(token, 'About the order', about('order', orderId))).body));
      said.push(JSON.stringify((await rest.post(`/messages/${id}/read`, { upTo: 9 }, token)).body));
    }
    said.push(JSON.stringify(await db.database.prisma.outboxEvent.findMany()));
    for (const address of addresses) for (const text of said) expect(text).not.toContain(address);
    expect(said.join('')).toContain('Good day to you');
    const facts = await db.database.prisma.outboxEvent.findMany({ where: { topic: { in: ['message.sent', 'thread.read'] } } });
    expect(JSON.stringify(facts)).not.toContain('Good day');
    expect(JSON.stringify(await db.database.prisma.auditEntry.findMany())).not.toContain('Good day');
  });

  it('a thread with a deleted account takes no message, and old ones are deleted', async () => {
    const id = await begun();
    await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { deletedAt: new Date() } });
    expect((await send(id, as(buyer), 'Are you there?')).body.code).toBe('THREAD_CLOSED');
    expect(await read(id, as(buyer))).toMatchObject({ closed: true });
    const system = (laterMs: number) =>
      api.container.context({ kind: 'system', name: 'purge' }, 'r', undefined, () => new Date(Date.now() + laterMs));
    expect(await purgeThreads(system(729 * DAY_MS))).toBe(0);
    expect(await purgeThreads(system(731 * DAY_MS))).toBeGreaterThan(0);
    expect(await list(as(buyer))).toEqual([]);
    await expect(purgeThreads(api.container.context({ kind: 'anonymous' }, 'r'))).rejects.toThrow();
  });
});
