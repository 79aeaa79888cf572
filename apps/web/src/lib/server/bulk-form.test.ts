import { BulkChange } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { BulkForm } from './bulk-form.ts';

type Pairs = [string, string][];
const formOf = (values: Pairs) => {
  const form = new FormData();
  for (const [name, value] of values) form.append(name, value);
  return form;
};
const read = (values: Pairs) => BulkForm.safeParse(formOf(values));
/** The problem of each field. */
const problems = (values: Pairs) =>
  Object.fromEntries((read(values).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));

const SHIPPING: Pairs = [
  ['ships', 'on'],
  ['shipsFrom', 'PT'],
  ['shipsTo', 'worldwide'],
  ['handlingMin', '1'],
  ['handlingMax', '2'],
];
const AMOUNT: Pairs = [
  ['amount', '+0.50'],
  ['currency', 'EUR'],
];

describe('a change of many listings', () => {
  it.each<[Pairs, BulkChange]>([
    [[['change', 'move:pause']], { kind: 'move', move: 'pause' }],
    [
      [
        ['change', 'category'],
        ['category', 'lamps/shades'],
      ],
      { kind: 'category', category: 'lamps/shades' },
    ],
    [
      [
        ['change', 'price-percent'],
        ['percent', '−10'],
      ],
      { kind: 'price-percent', percent: '-10' },
    ],
    [[['change', 'price-amount'], ...AMOUNT], { kind: 'price-amount', amount: '+0.50', currency: 'EUR' }],
    [[['change', 'escrow:off']], { kind: 'escrow', escrowEnabled: false }],
    [
      [['change', 'shipping'], ...SHIPPING],
      {
        kind: 'shipping',
        shippingInfo: { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: 'free', destinations: 'worldwide', pickup: false },
      },
    ],
  ])('%j is one that the API takes', (values, change) => {
    const parsed = read([['id', '1'], ...values]);
    expect(parsed.data).toEqual({ ids: [1], change });
    expect(BulkChange.parse(change)).toEqual(change);
  });

  it.each<[Pairs]>([[[]], [[['change', 'move:fly']]], [[['change', 'shipping']]]])('%j is none', (values) => {
    expect(Object.keys(problems([['id', '1'], ...values]))).toEqual(['change']);
  });

  it('names the field with the problem, as the API does', () => {
    expect(
      Object.keys(
        problems([
          ['id', '1'],
          ['change', 'price-percent'],
          ['percent', 'half'],
        ]),
      ),
    ).toEqual(['change.percent']);
    expect(
      Object.keys(
        problems([
          ['id', '1'],
          ['change', 'price-amount'],
          ['amount', '1'],
          ['currency', 'XXX'],
        ]),
      ),
    ).toEqual(['change.currency']);
  });

  it('is about the selected listings, each once; without any it says so', () => {
    const ids: Pairs = ['3', '1', '3', 'x'].map((id) => ['id', id]);
    expect(read([...ids, ['change', 'escrow:on']]).data).toMatchObject({ ids: [3, 1] });
    expect(problems([['change', 'escrow:on']])).toHaveProperty('id');
  });
});
