import type { DisputeReason, OrderMove, OrderReason } from '@assay/contract';

/** What happens to a sale, and how many days after it was ordered. */
export type DemoStep = [afterDays: number, ...step: DemoAction];
type DemoAction =
  | [move: OrderMove, reason?: OrderReason]
  | [action: 'refund', amount: string]
  | [action: 'dispute', reason: DisputeReason, text: string]
  | [action: 'offer', amount: string, text: string]
  | [action: 'accept'];

/** One order at the demo seller's store. */
export interface DemoSale {
  /** Which of the buyers; null: the demo buyer. */
  buyer: number | null;
  /** How long ago it was ordered, in days. */
  ago: number;
  items: [title: string, quantity: number][];
  note?: string;
  steps: DemoStep[];
}

const [CUP, BOWL, TEAPOT] = ['Ash-glazed breakfast cup', 'Serving bowl, 28 cm', 'Teapot, 0.8 l, new spout'] as const;

const PAID: DemoStep = [0.01, 'pay'];
/** Paid at once, shipped after some days, and confirmed by the buyer. */
const arrived = (ship: number, deliver: number, complete: number): DemoStep[] => [
  PAID,
  [ship, 'ship'],
  [deliver, 'deliver'],
  [complete, 'complete'],
];
const shipped = (ship: number): DemoStep[] => [PAID, [ship, 'ship']];

/** A month of a small pottery: what most buyers do, and each thing that can go wrong once. */
export const DEMO_SALES: DemoSale[] = [
  { buyer: 0, ago: 30.4, items: [[CUP, 2]], steps: arrived(1.2, 4.1, 5.3) },
  { buyer: 1, ago: 29.7, items: [[BOWL, 1]], note: 'It is a present: please leave out the receipt.', steps: arrived(2.1, 6, 6.2) },
  {
    buyer: 2,
    ago: 28.9,
    items: [
      [CUP, 4],
      [TEAPOT, 1],
    ],
    steps: arrived(1.4, 5.2, 5.9),
  },
  { buyer: 3, ago: 27.2, items: [[BOWL, 1]], steps: [PAID, [0.4, 'cancel', 'ordered-by-mistake']] },
  { buyer: 4, ago: 26.6, items: [[CUP, 1]], steps: arrived(1.1, 3.7, 7.5) },
  {
    buyer: 5,
    ago: 25.8,
    items: [[BOWL, 1]],
    steps: [...arrived(2.2, 5.4, 5.8), [7.1, 'refund', '10.00']],
  },
  { buyer: 6, ago: 24.3, items: [[TEAPOT, 1]], steps: arrived(1.6, 4.9, 6.1) },
  { buyer: 7, ago: 23.5, items: [[CUP, 6]], note: 'Six that match, if you can.', steps: arrived(3, 7.2, 8) },
  {
    buyer: 8,
    ago: 22.1,
    items: [[TEAPOT, 1]],
    steps: [
      ...shipped(1.3),
      [4.6, 'deliver'],
      [5, 'dispute', 'damaged', 'The lid has a crack of about two centimetres, which was not in the photographs.'],
      [5.8, 'offer', '40.00', 'I am sorry. Keep it and get 40 euros back, or send it back for a full refund.'],
      [6.4, 'accept'],
    ],
  },
  { buyer: 9, ago: 20.9, items: [[CUP, 2]], steps: arrived(1.2, 4.4, 4.6) },
  { buyer: 10, ago: 19.6, items: [[TEAPOT, 1]], steps: [PAID, [1.5, 'decline', 'out-of-stock']] },
  { buyer: 11, ago: 18.4, items: [[BOWL, 2]], steps: arrived(2.4, 6.8, 7.1) },
  {
    buyer: 0,
    ago: 16.7,
    items: [
      [CUP, 2],
      [BOWL, 1],
    ],
    steps: arrived(1.1, 4, 5),
  },
  { buyer: 12, ago: 15.2, items: [[TEAPOT, 1]], steps: arrived(1.9, 5.6, 6.3) },
  { buyer: 13, ago: 13.8, items: [[CUP, 1]], steps: arrived(1.3, 4.7, 5.1) },
  { buyer: 14, ago: 12.5, items: [[CUP, 3]], steps: arrived(2.6, 6.1, 6.4) },
  { buyer: 15, ago: 10.9, items: [[BOWL, 1]], steps: arrived(1.5, 5.3, 5.5) },
  { buyer: 16, ago: 9.4, items: [[TEAPOT, 1]], steps: [...shipped(2), [6.2, 'deliver']] },
  { buyer: null, ago: 8.6, items: [[CUP, 2]], steps: [...shipped(1.4), [5.2, 'deliver']] },
  {
    buyer: null,
    ago: 7.3,
    items: [[BOWL, 1]],
    steps: [
      ...shipped(1.2),
      [4.4, 'deliver'],
      [5.6, 'dispute', 'not-as-described', 'The bowl measures 24 cm. The listing says 28 cm, and that is why I bought it.'],
    ],
  },
  { buyer: 17, ago: 5.1, items: [[CUP, 4]], steps: shipped(2.2) },
  { buyer: 18, ago: 4.2, items: [[CUP, 1]], steps: shipped(1.7) },
  { buyer: 19, ago: 2.3, items: [[CUP, 1]], note: 'No hurry.', steps: [PAID] },
  { buyer: 20, ago: 1.1, items: [[TEAPOT, 1]], steps: [PAID] },
];
