import { BulkChange } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { readChange, readIds } from './bulk-form.ts';

const formOf = (values: [string, string][]) => {
  const form = new FormData();
  for (const [name, value] of values) form.append(name, value);
  return form;
};

describe('a change of many listings', () => {
  it.each([
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
    [
      [
        ['change', 'price-amount'],
        ['amount', '+0.50'],
        ['currency', 'EUR'],
      ],
      { kind: 'price-amount', amount: '+0.50', currency: 'EUR' },
    ],
    [[['change', 'escrow:off']], { kind: 'escrow', escrowEnabled: false }],
    [
      [
        ['change', 'shipping'],
        ['ships', 'on'],
        ['shipsFrom', 'PT'],
        ['shipsTo', 'worldwide'],
        ['handlingMin', '1'],
        ['handlingMax', '2'],
      ],
      {
        kind: 'shipping',
        shippingInfo: { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: 'free', destinations: 'worldwide', pickup: false },
      },
    ],
  ] as [[string, string][], BulkChange][])('%j is one that the API takes', (values, change) => {
    const read = readChange(formOf(values));
    expect(read).toEqual(change);
    expect(BulkChange.parse(read)).toEqual(change);
  });

  it.each([[[]], [[['change', 'move:fly']]], [[['change', 'shipping']]]] as [[string, string][]][])('%j is none', (values) => {
    expect(readChange(formOf(values))).toMatchObject({ field: 'change' });
  });

  it('is about the listings that are ticked, each once', () => {
    expect(
      readIds(
        formOf([
          ['id', '3'],
          ['id', '1'],
          ['id', '3'],
          ['id', 'x'],
        ]),
      ),
    ).toEqual([3, 1]);
  });
});
