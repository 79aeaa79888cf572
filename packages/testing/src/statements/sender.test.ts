import { expect, it } from 'vitest';
import { senderOf } from './sender.ts';

const stack = (...frames: string[]) => ['Error: Call of a statement', ...frames.map((frame) => `    at ${frame}`)].join('\n');
const sender = (...frames: string[]) => senderOf(stack(...frames), '/home/me/apps/assay');
const ROOT = '/home/me/apps/assay';
const DATABASE = `${ROOT}/packages/database/src`;

it.each([
  [
    'the innermost function of a repository',
    [
      `currentStack (file://${DATABASE}/engine/statement-channel.ts:66:23)`,
      `Proxy.<anonymous> (file://${DATABASE}/engine/statement-channel.ts:40:12)`,
      `read (${DATABASE}/engine/sqlserver.ts:36:50)`,
      `insert (${DATABASE}/engine/insert.ts:10:3)`,
      `addDays (${DATABASE}/repositories/rating-days.ts:50:11)`,
      `async Object.place [as submit] (file://${DATABASE}/repositories/orders.ts:70:7)`,
      `async createOrder (${ROOT}/packages/core/src/orders/create-order.ts:20:5)`,
    ],
    'repositories/rating-days.addDays',
  ],
  [
    'a method by its own name, also after an await',
    [`async Object.place [as submit] (file://${DATABASE}/repositories/orders.ts:70:7)`],
    'repositories/orders.place',
  ],
  [
    'the function around one without a name',
    [`${DATABASE}/repositories/flags.ts:7:3`, 'Array.map (<anonymous>)', `Object.save (${DATABASE}/repositories/flags.ts:5:3)`],
    'repositories/flags.save',
  ],
  ['a file where no function has a name', [`${DATABASE}/repositories/flags.ts:7:3`], 'repositories/flags'],
  [
    'what sends without a repository',
    [`find (${DATABASE}/engine/listing-search-sqlserver.ts:9:1)`],
    'engine/listing-search-sqlserver.find',
  ],
  ['a script', [`main (${ROOT}/scripts/generate/ratings.ts:9:1)`], 'scripts/generate/ratings.main'],
  [
    'a repository that a test calls',
    [`Object.read (${DATABASE}/repositories/flags.ts:7:3)`, `${ROOT}/tests/contract/repositories.test.ts:8:1`],
    'repositories/flags.read',
  ],
])('%s is named', (_, frames, name) => expect(sender(...frames)).toBe(name));

it.each([
  ['a test', [`Object.read (${DATABASE}/engine/sqlserver.ts:36:50)`, `${ROOT}/tests/integration/orders.test.ts:12:3`]],
  ['what tests share', [`createPerson (${ROOT}/packages/testing/src/people.ts:17:3)`, `main (${ROOT}/scripts/seed.ts:1:1)`]],
  [
    'a library alone',
    [`send (${ROOT}/node_modules/mssql/lib/base/request.js:1:1)`, 'node:internal/process:1:1', 'listen (/usr/lib/x.js:1:1)'],
  ],
])('%s is no function of the product', (_, frames) => expect(sender(...frames)).toBeNull());
