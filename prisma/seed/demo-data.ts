import type { Currency, Histogram, ListingAttribute, ShippingInfo } from '@assay/contract';

interface DemoListing {
  title: string;
  price: string;
  category: string;
  description?: string;
  metadata?: ListingAttribute[];
}

interface DemoSeller {
  name: string;
  bio: string;
  location: string;
  currency: Currency;
  shippingInfo: ShippingInfo;
  escrowEnabled: boolean;
  /** Number of ratings with 1 to 5 stars. */
  histogram: Histogram;
  listings: DemoListing[];
}

export const DEMO_PASSWORD = 'assay-demo';
/** Accounts with a public password: never in production. */
export const DEMO_ACCOUNTS = [
  { role: 'buyer', email: 'buyer@assay.example', fullName: 'Jonas Petri' },
  { role: 'seller', email: 'seller@assay.example', fullName: 'Quillon Pottery' },
  { role: 'admin', email: 'admin@assay.example', fullName: 'Ada Admin' },
  { role: 'ops', email: 'ops@assay.example', fullName: 'Otto Operator' },
] as const;

/** The first one is the demo seller's account. */
export const DEMO_SELLERS: DemoSeller[] = [
  {
    name: 'Quillon Pottery',
    bio: 'Wheel-thrown stoneware with ash glazes from olive prunings.',
    location: 'Évora',
    currency: 'EUR',
    shippingInfo: { shipsFrom: 'PT', handlingDays: { min: 2, max: 5 }, price: '6.50', destinations: 'worldwide', pickup: true },
    escrowEnabled: true,
    histogram: { 1: 2, 2: 1, 3: 6, 4: 35, 5: 268 },
    listings: [
      {
        title: 'Ash-glazed breakfast cup',
        price: '34.00',
        category: 'ceramics/cups-and-mugs',
        description: 'Holds 0.3 l and keeps it warm. The glaze is a little different on each cup.\nDishwasher safe.',
      },
      {
        title: 'Bottle vase, iron red',
        price: '128.00',
        category: 'ceramics/vases',
        metadata: [
          { name: 'Material', value: 'Stoneware' },
          { name: 'Height', value: '31 cm' },
        ],
        description: 'One of a kind, 31 cm high.',
      },
      {
        title: 'Serving bowl, 28 cm',
        price: '86.00',
        category: 'ceramics/bowls',
        metadata: [
          { name: 'Material', value: 'Stoneware' },
          { name: 'Diameter', value: '28 cm' },
          { name: 'Glaze', value: 'Ash' },
        ],
        description: 'Heavier than it looks, with felt pads for wooden tables.',
      },
      {
        title: 'Teapot, 0.8 l, new spout',
        price: '112.00',
        category: 'ceramics/teapots',
        description: 'The spout was drawn longer in the autumn batch: it no longer drips.',
      },
    ],
  },
  {
    name: 'Yunamori Watches',
    bio: 'Mechanical watches, serviced and regulated to ± 4 s a day.',
    location: 'Kanazawa',
    currency: 'EUR',
    shippingInfo: { shipsFrom: 'JP', handlingDays: { min: 1, max: 3 }, price: 'free', destinations: 'worldwide', pickup: false },
    escrowEnabled: true,
    histogram: { 1: 4, 2: 5, 3: 14, 4: 163, 5: 1032 },
    listings: [
      {
        title: 'Hand-wound field watch, 1968, serviced',
        price: '412.00',
        category: 'watches/wristwatches',
        metadata: [
          { name: 'Movement', value: 'Hand-wound, 17 jewels' },
          { name: 'Diameter', value: '35 mm' },
          { name: 'Rate', value: '± 4 s a day' },
        ],
      },
      { title: 'Automatic diver, 1977, new gaskets', price: '690.00', category: 'watches/wristwatches' },
      { title: 'Service of a mechanical movement', price: '180.00', category: 'watches/servicing' },
    ],
  },
  {
    name: 'Saltmark Bindery',
    bio: 'Hand-sewn notebooks, repairs of old books.',
    location: 'Whitby',
    currency: 'GBP',
    shippingInfo: {
      shipsFrom: 'GB',
      handlingDays: { min: 1, max: 2 },
      price: '4.20',
      destinations: ['GB', 'IE', 'FR', 'DE', 'NL'],
      pickup: false,
    },
    escrowEnabled: false,
    histogram: { 1: 6, 2: 7, 3: 23, 4: 92, 5: 590 },
    listings: [
      { title: 'Ledger, 240 pages, sewn on tapes', price: '58.00', category: 'books-and-paper/notebooks' },
      { title: 'Pocket notebook, set of three', price: '21.00', category: 'books-and-paper/notebooks' },
    ],
  },
  {
    name: 'Okoro Leatherwork',
    bio: 'Bags and straps in oak-tanned hide.',
    location: 'Ibadan',
    currency: 'USD',
    shippingInfo: { shipsFrom: 'NG', handlingDays: { min: 3, max: 7 }, price: '18.00', destinations: 'worldwide', pickup: false },
    escrowEnabled: true,
    histogram: { 1: 2, 2: 3, 3: 6, 4: 26, 5: 149 },
    listings: [
      {
        title: 'Satchel, chestnut',
        price: '210.00',
        category: 'leather/bags',
        metadata: [
          { name: 'Material', value: 'Oak-tanned hide' },
          { name: 'Width', value: '36 cm' },
        ],
      },
      { title: 'Watch strap, 20 mm', price: '38.50', category: 'leather/straps' },
    ],
  },
  {
    name: 'Pell & Dray Optics',
    bio: 'Film cameras, cleaned, tested, with sample frames.',
    location: 'Ghent',
    currency: 'EUR',
    shippingInfo: {
      shipsFrom: 'BE',
      handlingDays: { min: 1, max: 3 },
      price: '7.90',
      destinations: ['BE', 'NL', 'LU', 'FR', 'DE'],
      pickup: true,
    },
    escrowEnabled: false,
    histogram: { 1: 12, 2: 14, 3: 28, 4: 92, 5: 396 },
    listings: [
      {
        title: '35 mm rangefinder with sample frames',
        price: '238.00',
        category: 'cameras/rangefinders',
        metadata: [
          { name: 'Film', value: '135' },
          { name: 'Shutter', value: '1–1/500 s' },
        ],
      },
      { title: 'Medium format folder, 1953', price: '164.00', category: 'cameras/medium-format' },
    ],
  },
  {
    name: 'Brassheron Lamps',
    bio: 'Desk lamps rebuilt from workshop parts.',
    location: 'Turku',
    currency: 'EUR',
    shippingInfo: {
      shipsFrom: 'FI',
      handlingDays: { min: 2, max: 6 },
      price: '12.00',
      destinations: ['FI', 'SE', 'NO', 'DK', 'EE'],
      pickup: true,
    },
    escrowEnabled: false,
    histogram: { 1: 1, 2: 2, 3: 2, 4: 6, 5: 44 },
    listings: [{ title: 'Lathe lamp, brass shade', price: '176.00', category: 'lamps/desk-lamps' }],
  },
  {
    name: 'Tern & Tallow',
    bio: 'Beeswax and tallow candles, poured in small batches.',
    location: 'Kirkwall',
    currency: 'GBP',
    shippingInfo: { shipsFrom: 'GB', handlingDays: { min: 1, max: 4 }, price: '5.50', destinations: ['GB'], pickup: true },
    escrowEnabled: false,
    histogram: { 1: 0, 2: 1, 3: 3, 4: 5, 5: 19 },
    listings: [{ title: 'Dozen pillar candles, 20 cm', price: '32.00', category: 'other/candles' }],
  },
  {
    name: 'Loomwright Oriel',
    bio: 'Linen and wool throws from two looms.',
    location: 'Cusco',
    currency: 'USD',
    shippingInfo: { shipsFrom: 'PE', handlingDays: { min: 5, max: 14 }, price: '22.00', destinations: 'worldwide', pickup: false },
    escrowEnabled: true,
    histogram: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 },
    listings: [
      {
        title: 'Wool throw, undyed, 140 × 200 cm',
        price: '145.00',
        category: 'textiles/throws-and-blankets',
        metadata: [
          { name: 'Material', value: 'Alpaca and wool' },
          { name: 'Size', value: '140 × 200 cm' },
        ],
      },
    ],
  },
  {
    name: 'Kestrel Seedworks',
    bio: 'Open-pollinated vegetable seed from a hill farm.',
    location: 'Cluj',
    currency: 'EUR',
    shippingInfo: {
      shipsFrom: 'RO',
      handlingDays: { min: 1, max: 3 },
      price: '2.40',
      destinations: ['RO', 'HU', 'BG', 'DE', 'AT'],
      pickup: false,
    },
    escrowEnabled: false,
    histogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 1 },
    listings: [{ title: 'Twelve beans for a short summer', price: '14.40', category: 'other/seeds-and-plants' }],
  },
  {
    name: 'Studio Ferrante-Ode',
    bio: 'Risograph prints and small zines.',
    location: 'Naples',
    currency: 'EUR',
    shippingInfo: { shipsFrom: 'IT', handlingDays: { min: 2, max: 4 }, price: '3.00', destinations: 'worldwide', pickup: true },
    escrowEnabled: false,
    histogram: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    listings: [{ title: 'Zine: Forty staircases', price: '9.00', category: 'books-and-paper/zines' }],
  },
];
