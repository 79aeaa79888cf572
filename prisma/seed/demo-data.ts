import type { Category, Currency, Histogram } from '@assay/contract';

interface DemoListing {
  title: string;
  price: string;
  description?: string;
}

interface DemoSeller {
  name: string;
  bio: string;
  location: string;
  category: Category;
  currency: Currency;
  /** How many ratings with 1 to 5 stars. */
  histogram: Histogram;
  listings: DemoListing[];
}

export const DEMO_PASSWORD = 'assay-demo';
/** Accounts that anybody knows the password of: never in production. */
export const DEMO_ACCOUNTS = [
  { role: 'buyer', email: 'buyer@assay.example', fullName: 'Jonas Petri' },
  { role: 'seller', email: 'seller@assay.example', fullName: 'Quillon Pottery' },
  { role: 'admin', email: 'admin@assay.example', fullName: 'Ada Admin' },
  { role: 'ops', email: 'ops@assay.example', fullName: 'Otto Operator' },
] as const;

/** The first one belongs to the demo seller. */
export const DEMO_SELLERS: DemoSeller[] = [
  {
    name: 'Quillon Pottery',
    bio: 'Wheel-thrown stoneware with ash glazes from olive prunings.',
    location: 'Évora',
    category: 'Ceramics',
    currency: 'EUR',
    histogram: { 1: 2, 2: 1, 3: 6, 4: 35, 5: 268 },
    listings: [
      {
        title: 'Ash-glazed breakfast cup',
        price: '34.00',
        description: 'Holds 0.3 l and keeps it warm. The glaze runs a little differently on each one.\nDishwasher safe.',
      },
      { title: 'Bottle vase, iron red', price: '128.00', description: 'One of a kind, 31 cm high.' },
      { title: 'Serving bowl, 28 cm', price: '86.00', description: 'Heavier than it looks, with felt pads for wooden tables.' },
      {
        title: 'Teapot, 0.8 l, new spout',
        price: '112.00',
        description: 'The spout was drawn longer in the autumn batch: it no longer drips.',
      },
    ],
  },
  {
    name: 'Yunamori Watches',
    bio: 'Mechanical watches, serviced and regulated to ± 4 s a day.',
    location: 'Kanazawa',
    category: 'Watches',
    currency: 'EUR',
    histogram: { 1: 4, 2: 5, 3: 14, 4: 163, 5: 1032 },
    listings: [
      { title: 'Hand-wound field watch, 1968, serviced', price: '412.00' },
      { title: 'Automatic diver, 1977, new gaskets', price: '690.00' },
      { title: 'Service of a mechanical movement', price: '180.00' },
    ],
  },
  {
    name: 'Saltmark Bindery',
    bio: 'Hand-sewn notebooks, repairs of old books.',
    location: 'Whitby',
    category: 'Books and paper',
    currency: 'GBP',
    histogram: { 1: 6, 2: 7, 3: 23, 4: 92, 5: 590 },
    listings: [
      { title: 'Ledger, 240 pages, sewn on tapes', price: '58.00' },
      { title: 'Pocket notebook, set of three', price: '21.00' },
    ],
  },
  {
    name: 'Okoro Leatherwork',
    bio: 'Bags and straps in oak-tanned hide.',
    location: 'Ibadan',
    category: 'Leather',
    currency: 'USD',
    histogram: { 1: 2, 2: 3, 3: 6, 4: 26, 5: 149 },
    listings: [
      { title: 'Satchel, chestnut', price: '210.00' },
      { title: 'Watch strap, 20 mm', price: '38.50' },
    ],
  },
  {
    name: 'Pell & Dray Optics',
    bio: 'Film cameras, cleaned, tested, with sample frames.',
    location: 'Ghent',
    category: 'Cameras',
    currency: 'EUR',
    histogram: { 1: 12, 2: 14, 3: 28, 4: 92, 5: 396 },
    listings: [
      { title: '35 mm rangefinder with sample frames', price: '238.00' },
      { title: 'Medium format folder, 1953', price: '164.00' },
    ],
  },
  {
    name: 'Brassheron Lamps',
    bio: 'Desk lamps rebuilt from workshop parts.',
    location: 'Turku',
    category: 'Lamps',
    currency: 'EUR',
    histogram: { 1: 1, 2: 2, 3: 2, 4: 6, 5: 44 },
    listings: [{ title: 'Lathe lamp, brass shade', price: '176.00' }],
  },
  {
    name: 'Tern & Tallow',
    bio: 'Beeswax and tallow candles, poured in small batches.',
    location: 'Kirkwall',
    category: 'Other',
    currency: 'GBP',
    histogram: { 1: 0, 2: 1, 3: 3, 4: 5, 5: 19 },
    listings: [{ title: 'Dozen pillar candles, 20 cm', price: '32.00' }],
  },
  {
    name: 'Loomwright Oriel',
    bio: 'Linen and wool throws from two looms.',
    location: 'Cusco',
    category: 'Textiles',
    currency: 'USD',
    histogram: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 },
    listings: [{ title: 'Wool throw, undyed, 140 × 200 cm', price: '145.00' }],
  },
  {
    name: 'Kestrel Seedworks',
    bio: 'Open-pollinated vegetable seed from a hill farm.',
    location: 'Cluj',
    category: 'Other',
    currency: 'EUR',
    histogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 1 },
    listings: [{ title: 'Twelve beans for a short summer', price: '14.40' }],
  },
  {
    name: 'Studio Ferrante-Ode',
    bio: 'Risograph prints and small zines.',
    location: 'Naples',
    category: 'Books and paper',
    currency: 'EUR',
    histogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    listings: [{ title: 'Zine: Forty staircases', price: '9.00' }],
  },
];

export const FIRST_NAMES = [
  'Ingrid',
  'Tomás',
  'Wen',
  'Rafiq',
  'Hanneke',
  'Amara',
  'Luca',
  'Noor',
  'Piotr',
  'Yuki',
  'Sofía',
  'Dele',
  'Marit',
  'Arjun',
  'Chloé',
  'Emre',
  'Freya',
  'Gustavo',
  'Hira',
  'Ines',
  'Jakub',
  'Kofi',
  'Leila',
  'Mateo',
  'Nadia',
  'Oskar',
  'Priya',
  'Quentin',
  'Rosa',
  'Søren',
  'Tariq',
  'Ursula',
  'Viktor',
  'Wanjiru',
  'Ximena',
  'Zofia',
] as const;

export const LAST_NAMES = [
  'Solberg',
  'Almeida',
  'Li',
  'Mahmood',
  'Vos',
  'Okafor',
  'Ricci',
  'Haddad',
  'Nowak',
  'Tanaka',
  'Vargas',
  'Adeyemi',
  'Lund',
  'Mehta',
  'Girard',
  'Yıldız',
  'Berg',
  'Costa',
  'Baig',
  'Duarte',
  'Novák',
  'Mensah',
  'Farahani',
  'Ortega',
  'Petrova',
  'Lindqvist',
  'Nair',
  'Dubois',
  'Moreno',
  'Jensen',
  'Aziz',
  'Keller',
  'Horvat',
  'Kamau',
  'Rojas',
  'Zielińska',
] as const;

/** What buyers say, by stars: one sentence, or one of each list. */
export const COMMENTS: Record<1 | 2 | 3 | 4 | 5, { first: readonly string[]; second: readonly string[] }> = {
  5: {
    first: [
      'Better than in the photographs.',
      'Exactly as described.',
      'My third order here.',
      'You can see that somebody took their time over this.',
      'Bought as a gift, kept for myself.',
      'Looks simple, works perfectly, feels right in the hand.',
      'Exactly the size that was promised; I measured.',
      'I had been looking for one like this for years.',
      'Beautiful work.',
      'It has been in use every day since it came.',
      'A pleasure from the first message to the last.',
      'The whole family wants one now.',
    ],
    second: [
      'Packed in paper, not plastic.',
      'Arrived two days early.',
      'The seller answered my question within the hour and was right.',
      'A small flaw was pointed out before I paid: that is how it should be.',
      'Wrapped so well that it took ten minutes to open.',
      'Even the box was a pleasure.',
      'I would not change a thing.',
      'There was a handwritten note in the parcel.',
      'Worth every cent.',
      'The next order is placed already.',
      'This is how it is done.',
      'Thank you.',
    ],
  },
  4: {
    first: [
      'Very good.',
      'Lovely, though a shade darker than on my screen.',
      'Good work.',
      'All as described.',
      'A fair price for what it is.',
      'Nearly perfect.',
    ],
    second: [
      'The parcel took a week longer than I had hoped.',
      'One edge was a little rough; a minute with fine paper and it was gone.',
      'I would have liked a note on how to care for it.',
      'The seller kept me informed.',
      'I had expected it to be a little larger.',
      'It would have been five stars with a sturdier box.',
    ],
  },
  3: {
    first: ['Nice object, but not quite what the description made me expect.', 'Fine.', 'Does what it should.', 'It is all right.'],
    second: [
      'It took two messages to learn when it would be sent.',
      'For the price I had hoped for a little more.',
      'The colour is not the one in the pictures.',
      'I would look twice before I order again.',
    ],
  },
  2: {
    first: ['Came with a scratch that was not in the pictures.', 'Packed badly: it survived, the box did not.', 'Smaller than it says.'],
    second: ['Half the price back, after some asking.', 'I had to ask three times for an answer.', 'A pity, because the idea is good.'],
  },
  1: {
    first: ['Arrived broken.', 'Not what I ordered.', 'Never again.'],
    second: ['The refund took three weeks.', 'Nobody answered for ten days.', 'It went back the same day.'],
  },
};
