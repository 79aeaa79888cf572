// The floor: bare node:http on the same SQLite file with the same durability. It runs the same statements and sends the same bytes,
// without authentication, validation, rate limits, audit log, request logs or headers beyond the body's own.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { floorCheckout } from './floor-checkout.ts';

const db = new Database(process.argv[2]);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
db.pragma('busy_timeout = 5000');

interface Stars {
  s1: number;
  s2: number;
  s3: number;
  s4: number;
  s5: number;
}
const stars = db.prepare<[number], Stars>(
  'SELECT Stars1 AS s1, Stars2 AS s2, Stars3 AS s3, Stars4 AS s4, Stars5 AS s5 FROM Users WHERE Id = ?',
);
const ratings = db.prepare(`
  SELECT r.Id AS id, r.SellerId AS sellerId, s.FullName AS sellerName, u.FullName AS raterName, r.Rating AS rating, r.Comment AS comment, r.Source AS source,
    o.Title AS purchase, r.OrderId AS orderId, r.HelpfulCount AS helpfulCount, r.Version AS version, r.CreatedAt AS createdAt, r.UpdatedAt AS updatedAt
  FROM SellerRatings r JOIN Users s ON s.Id = r.SellerId JOIN Users u ON u.Id = r.RaterId LEFT JOIN Orders o ON o.Id = r.OrderId
  WHERE r.SellerId = ? ORDER BY r.CreatedAt DESC, r.Id DESC LIMIT 10`);
const insertRating = db.prepare(
  `INSERT INTO SellerRatings (SellerId, RaterId, Rating, OrderId, Source, CreatedAt, UpdatedAt) VALUES (?, ?, ?, ?, 'purchase', ?, ?)`,
);
const updateRating = db.prepare('UPDATE SellerRatings SET Rating = ?, Version = Version + 1, UpdatedAt = ? WHERE Id = ?');
const oldRating = db.prepare<[number], { SellerId: number; RaterId: number; Rating: number; Version: number; Day: number }>(
  'SELECT SellerId, RaterId, Rating, Version, unixepoch(CreatedAt) / 86400 AS Day FROM SellerRatings WHERE Id = ?',
);
const addStar = [1, 2, 3, 4, 5].map((n) => db.prepare(`UPDATE Users SET Stars${n} = Stars${n} + ? WHERE Id = ?`));
const addToDay = [1, 2, 3, 4, 5].map((n) =>
  db.prepare(
    `INSERT INTO SellerRatingDays (SellerId, Day, Stars${n}) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET Stars${n} = Stars${n} + 1`,
  ),
);
const takeFromDay = [1, 2, 3, 4, 5].map((n) =>
  db.prepare(`UPDATE SellerRatingDays SET Stars${n} = Stars${n} - 1 WHERE SellerId = ? AND Day = ?`),
);
const insertVersion = db.prepare(
  'INSERT INTO SellerRatingHistory (RatingId, SellerId, RaterId, Version, Action, Rating, ActorId, At) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
);
const insertEvent = db.prepare('INSERT INTO OutboxEvents (Topic, SubjectId, Payload, CreatedAt) VALUES (?, ?, ?, ?)');

function summary(sellerId: number) {
  const { s1, s2, s3, s4, s5 } = stars.get(sellerId)!;
  const total = s1 + s2 + s3 + s4 + s5;
  const sum = s1 + 2 * s2 + 3 * s3 + 4 * s4 + 5 * s5;
  return {
    sellerId,
    sellerRating: Math.round((100 * sum) / total) / 100,
    badgeAverage: Math.floor((10 * sum) / total) / 10,
    totalRatings: total,
    positiveRatings: s4 + s5,
    positivePercent: Math.round((100 * (s4 + s5)) / total),
    histogram: { 1: s1, 2: s2, 3: s3, 4: s4, 5: s5 },
    isNewSeller: total < 3,
  };
}

const now = () => new Date().toISOString().replace('Z', '+00:00');

const submit = db.transaction(({ sellerId, raterId, rating, orderId }: Record<string, number>) => {
  const at = now();
  const { lastInsertRowid: id } = insertRating.run(sellerId, raterId, rating, orderId, at, at);
  addStar[rating! - 1]!.run(1, sellerId);
  addToDay[rating! - 1]!.run(sellerId, Math.floor(Date.now() / 86_400_000));
  insertVersion.run(id, sellerId, raterId, 1, 'submitted', rating, raterId, at);
  insertEvent.run('rating.submitted', sellerId, JSON.stringify({ ratingId: Number(id), rating }), at);
  return { id: Number(id), rating, summary: summary(sellerId!) };
});

const edit = db.transaction(({ id, rating }: Record<string, number>) => {
  const at = now();
  const old = oldRating.get(id!)!;
  updateRating.run(rating, at, id);
  addStar[old.Rating - 1]!.run(-1, old.SellerId);
  addStar[rating! - 1]!.run(1, old.SellerId);
  takeFromDay[old.Rating - 1]!.run(old.SellerId, old.Day);
  addToDay[rating! - 1]!.run(old.SellerId, old.Day);
  insertVersion.run(id, old.SellerId, old.RaterId, old.Version + 1, 'edited', rating, old.RaterId, at);
  insertEvent.run('rating.edited', old.SellerId, JSON.stringify({ ratingId: id, rating, was: old.Rating }), at);
  return { id, rating, summary: summary(old.SellerId) };
});

const { checkout, pay } = floorCheckout(db, now);

async function bodyOf(req: IncomingMessage): Promise<Record<string, number>> {
  let text = '';
  for await (const chunk of req) text += chunk;
  return JSON.parse(text) as Record<string, number>;
}

const server = createServer(async (req, res) => {
  const [, what, id] = req.url!.split('/');
  const result =
    what === 'summary'
      ? summary(Number(id))
      : what === 'list'
        ? { summary: summary(Number(id)), items: ratings.all(Number(id)), nextCursor: 'x' }
        : what === 'submit'
          ? submit.immediate(await bodyOf(req))
          : what === 'checkout'
            ? checkout(await bodyOf(req))
            : what === 'pay'
              ? pay(await bodyOf(req))
              : edit.immediate(await bodyOf(req));
  const body = JSON.stringify(result);
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
