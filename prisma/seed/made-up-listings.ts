import { CURRENCIES, type Currency } from '@assay/contract';
import { pick, seededRandom } from './random.ts';

export interface MadeUpListing {
  line: number;
  seller: string;
  title: string;
  description: string;
  /** Exact decimal text. */
  price: string;
  currency: Currency;
  category: string;
  metadata: { name: string; value: string }[];
  escrowEnabled: boolean;
  at: Date;
}

export interface ListingPlan {
  listings: number;
  sellers: number;
  seed: number;
}

interface Kind {
  category: string;
  things: string[];
  materials: string[];
  /** Typical price in EUR. */
  around: number;
}

const KINDS: Kind[] = [
  {
    category: 'ceramics/bowls',
    things: ['serving bowl', 'tea bowl', 'mixing bowl', 'soup bowl'],
    materials: ['stoneware', 'porcelain', 'earthenware'],
    around: 60,
  },
  {
    category: 'ceramics/cups-and-mugs',
    things: ['breakfast cup', 'espresso cup', 'mug', 'beaker'],
    materials: ['stoneware', 'porcelain'],
    around: 32,
  },
  {
    category: 'ceramics/plates',
    things: ['dinner plate', 'side plate', 'platter'],
    materials: ['stoneware', 'porcelain', 'terracotta'],
    around: 45,
  },
  { category: 'ceramics/teapots', things: ['teapot', 'kyusu', 'coffee pot'], materials: ['stoneware', 'porcelain'], around: 110 },
  {
    category: 'ceramics/vases',
    things: ['bottle vase', 'bud vase', 'moon jar'],
    materials: ['stoneware', 'porcelain', 'raku'],
    around: 125,
  },
  {
    category: 'watches/wristwatches',
    things: ['field watch', 'diver', 'dress watch', 'chronograph'],
    materials: ['steel', 'gold-filled', 'titanium'],
    around: 480,
  },
  {
    category: 'watches/pocket-watches',
    things: ['pocket watch', 'hunter watch'],
    materials: ['silver', 'nickel', 'gold-filled'],
    around: 260,
  },
  {
    category: 'watches/clocks',
    things: ['mantel clock', 'carriage clock', 'wall clock'],
    materials: ['oak', 'brass', 'walnut'],
    around: 320,
  },
  {
    category: 'watches/straps-and-parts',
    things: ['watch strap', 'crown', 'mainspring'],
    materials: ['leather', 'steel', 'nylon'],
    around: 28,
  },
  {
    category: 'books-and-paper/notebooks',
    things: ['pocket notebook', 'ledger', 'sketchbook'],
    materials: ['cotton paper', 'linen', 'kraft paper'],
    around: 24,
  },
  {
    category: 'books-and-paper/prints',
    things: ['linocut', 'etching', 'woodcut', 'screen print'],
    materials: ['cotton paper', 'washi'],
    around: 90,
  },
  {
    category: 'books-and-paper/old-books',
    things: ['atlas', 'field guide', 'dictionary', 'novel'],
    materials: ['cloth', 'calf', 'paper'],
    around: 55,
  },
  {
    category: 'leather/bags',
    things: ['satchel', 'messenger bag', 'tote', 'backpack'],
    materials: ['bridle leather', 'vegetable-tanned leather', 'suede'],
    around: 240,
  },
  { category: 'leather/belts', things: ['belt', 'braided belt'], materials: ['bridle leather', 'harness leather'], around: 70 },
  {
    category: 'leather/wallets-and-cases',
    things: ['card wallet', 'key case', 'passport cover'],
    materials: ['cordovan', 'calf', 'goatskin'],
    around: 58,
  },
  { category: 'cameras/rangefinders', things: ['rangefinder', 'compact rangefinder'], materials: ['brass', 'aluminium'], around: 390 },
  { category: 'cameras/single-lens-reflex', things: ['reflex camera', 'reflex body'], materials: ['aluminium', 'magnesium'], around: 180 },
  {
    category: 'cameras/lenses',
    things: ['50 mm lens', '35 mm lens', '85 mm lens', '28 mm lens'],
    materials: ['brass', 'aluminium'],
    around: 210,
  },
  { category: 'cameras/darkroom', things: ['enlarger', 'developing tank', 'safelight'], materials: ['steel', 'plastic'], around: 65 },
  {
    category: 'textiles/throws-and-blankets',
    things: ['throw', 'blanket', 'quilt'],
    materials: ['lambswool', 'linen', 'cotton', 'alpaca'],
    around: 130,
  },
  {
    category: 'textiles/clothing',
    things: ['scarf', 'work jacket', 'fisherman’s jumper'],
    materials: ['merino', 'linen', 'silk', 'cotton'],
    around: 95,
  },
  { category: 'textiles/rugs', things: ['kilim', 'runner', 'rag rug'], materials: ['wool', 'cotton', 'jute'], around: 340 },
  {
    category: 'lamps/desk-lamps',
    things: ['desk lamp', 'banker’s lamp', 'clamp lamp'],
    materials: ['brass', 'steel', 'enamel'],
    around: 140,
  },
  { category: 'lamps/pendant-lamps', things: ['pendant lamp', 'globe pendant'], materials: ['opal glass', 'copper', 'paper'], around: 165 },
  {
    category: 'other/furniture',
    things: ['stool', 'side table', 'bookshelf', 'chair'],
    materials: ['oak', 'ash wood', 'beech', 'walnut'],
    around: 220,
  },
  { category: 'other/jewellery', things: ['ring', 'brooch', 'earrings', 'bracelet'], materials: ['silver', 'gold', 'copper'], around: 85 },
];
const LOOKS = [
  'ash-glazed',
  'iron red',
  'celadon',
  'salt-fired',
  'matt black',
  'indigo',
  'natural',
  'speckled',
  'two-tone',
  'polished',
  'brushed',
  'waxed',
];
const STATES = [
  'new',
  'unused',
  'serviced',
  'restored',
  'in its box',
  'with signs of use',
  'one of a kind',
  'signed',
  'made to order',
  'set of two',
  'set of four',
];
const PLACES = ['Évora', 'Kanazawa', 'Whitby', 'Riga', 'Lagos', 'Ghent', 'Malmö', 'Kraków', 'Porto', 'Zürich', 'Jaipur', 'Oaxaca'];
const CARE = [
  'Wipe with a dry cloth.',
  'Dishwasher safe.',
  'Keep out of the sun.',
  'Hand wash, dry flat.',
  'Comes with a note on its care.',
];
const WORTH = { EUR: 1, USD: 1.1, GBP: 0.85, CHF: 0.95, JPY: 165, BTC: 1 / 85_000, ETH: 1 / 3200, USDC: 1.1 } satisfies Partial<
  Record<Currency, number>
>;
type MadeUpCurrency = keyof typeof WORTH;
/** Currencies of twenty listings. */
const SPREAD: MadeUpCurrency[] = [
  'EUR',
  'EUR',
  'EUR',
  'EUR',
  'EUR',
  'EUR',
  'EUR',
  'EUR',
  'EUR',
  'USD',
  'USD',
  'USD',
  'USD',
  'GBP',
  'GBP',
  'CHF',
  'JPY',
  'USDC',
  'ETH',
  'BTC',
];
const MINUTE_MS = 60_000;

/** A realistic price: without cents if it is high, and never zero. */
function priceOf(random: () => number, around: number, currency: MadeUpCurrency): string {
  const euros = around * Math.exp((random() + random() + random() - 1.5) * 1.1);
  const amount = euros * WORTH[currency];
  const digits = CURRENCIES[currency];
  if (digits > 2) return Math.max(amount, 1e-6).toFixed(Math.min(digits, 6));
  if (digits === 0 || amount > 100) return Math.max(1, Math.round(amount)).toFixed(digits);
  return Math.max(1, Math.round(amount * 2) / 2).toFixed(digits);
}

/** Generates realistic listings, the same for the same plan: one each minute, and a few sellers have many. */
export function* madeUpListings({ listings, sellers, seed }: ListingPlan): Generator<MadeUpListing> {
  const random = seededRandom(seed);
  const first = Date.UTC(2026, 0, 1) - listings * MINUTE_MS;
  const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
  for (let line = 1; line <= listings; line++) {
    const kind = pick(random, KINDS);
    const [thing, material, look, state] = [
      pick(random, kind.things),
      pick(random, kind.materials),
      pick(random, LOOKS),
      pick(random, STATES),
    ];
    const year = 1890 + Math.floor(random() * 136);
    const currency = pick(random, SPREAD);
    const size = 4 + Math.floor(random() * 90);
    yield {
      line,
      seller: `maker-${seed}-${Math.floor(random() * random() * sellers)}`,
      title: `${capital(look)} ${thing}, ${random() < 0.5 ? state : material}`,
      description: `A ${thing} of ${material} from ${pick(random, PLACES)}, ${look}, ${state}. ${size} cm, made in ${year}. ${pick(random, CARE)} No. ${seed}-${line}.`,
      price: priceOf(random, kind.around, currency),
      currency,
      category: kind.category,
      metadata: [
        { name: 'Material', value: capital(material) },
        { name: 'Year', value: String(year) },
      ],
      escrowEnabled: random() < 0.3,
      at: new Date(first + line * MINUTE_MS),
    };
  }
}
