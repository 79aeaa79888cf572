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
      { title: 'Ash-glazed breakfast cup', price: '34.00', description: 'Holds 0.3 l and keeps it warm. The glaze runs a little differently on each one.\nDishwasher safe.' },
      { title: 'Bottle vase, iron red', price: '128.00', description: 'One of a kind, 31 cm high.' },
      { title: 'Serving bowl, 28 cm', price: '86.00', description: 'Heavier than it looks, with felt pads for wooden tables.' },
      { title: 'Teapot, 0.8 l, new spout', price: '112.00', description: 'The spout was drawn longer in the autumn batch: it no longer drips.' },
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
  'Ingrid', 'Tomás', 'Wen', 'Rafiq', 'Hanneke', 'Amara', 'Luca', 'Noor', 'Piotr', 'Yuki', 'Sofía', 'Dele', 'Marit', 'Arjun', 'Chloé', 'Emre', 'Freya', 'Gustavo',
  'Hira', 'Ines', 'Jakub', 'Kofi', 'Leila', 'Mateo', 'Nadia', 'Oskar', 'Priya', 'Quentin', 'Rosa', 'Søren', 'Tariq', 'Ursula', 'Viktor', 'Wanjiru', 'Ximena', 'Zofia',
] as const;

export const LAST_NAMES = [
  'Solberg', 'Almeida', 'Li', 'Mahmood', 'Vos', 'Okafor', 'Ricci', 'Haddad', 'Nowak', 'Tanaka', 'Vargas', 'Adeyemi', 'Lund', 'Mehta', 'Girard', 'Yıldız', 'Berg', 'Costa',
  'Baig', 'Duarte', 'Novák', 'Mensah', 'Farahani', 'Ortega', 'Petrova', 'Lindqvist', 'Nair', 'Dubois', 'Moreno', 'Jensen', 'Aziz', 'Keller', 'Horvat', 'Kamau', 'Rojas', 'Zielińska',
] as const;

/** What buyers say, by stars. */
export const COMMENTS: Record<1 | 2 | 3 | 4 | 5, readonly string[]> = {
  5: [
    'Better than in the photographs. Packed in paper, not plastic.',
    'Arrived two days early and exactly as described.',
    'Third order. Still the ones everybody reaches for first.',
    'The seller answered my question within the hour and was right.',
    'You can see that somebody took their time over this.',
    'A small flaw was pointed out before I paid. That is how it should be.',
    'Wrapped so well that it took ten minutes to open. No damage.',
    'Bought as a gift, kept for myself.',
    'Looks simple, works perfectly, feels right in the hand.',
    'Exactly the size that was promised. I measured.',
    'Even the box was a pleasure.',
    'I have bought from many sellers; this is how it is done.',
  ],
  4: [
    'Very good. The parcel took a week longer than I had hoped.',
    'Lovely, though the colour is a shade darker than on my screen.',
    'Good work. One edge was a little rough; a minute with fine paper and it was gone.',
    'All as described. I would have liked a note on how to care for it.',
    'A fair price for what it is. The seller kept me informed.',
  ],
  3: [
    'Nice object, but not quite what the description made me expect.',
    'Fine. It took two messages to learn when it would be sent.',
    'Does what it should. For the price I had hoped for a little more.',
  ],
  2: ['Came with a scratch that was not in the pictures. Half the price back, after some asking.', 'Packed badly. It survived, the box did not.'],
  1: ['Arrived broken. The refund took three weeks.', 'Not what I ordered, and nobody answered for ten days.'],
};
