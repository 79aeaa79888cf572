import { describe, expect, it } from 'vitest';
import { basisPointsOf, percentOf, vatLabel } from './labels.ts';

describe('percentages', () => {
  it.each([
    ['6.5', 650],
    ['6,5', 650],
    [' 10 % ', 1000],
    ['0.05', 5],
    ['100', 10_000],
    ['6.555', NaN],
    ['', NaN],
    ['-1', NaN],
  ])('%s', (typed, basisPoints) => expect(basisPointsOf(typed)).toBe(basisPoints));

  it('are shown as they are typed', () =>
    expect([650, 1000, 5, 0].map(percentOf)).toEqual(['6.5\u00A0%', '10\u00A0%', '0.05\u00A0%', '0\u00A0%']));
});

it('VAT says how it is charged', () => {
  const vat = { vatBasisPoints: 1900, vatCountry: 'DE' };
  expect(vatLabel({ vatTreatment: 'standard', ...vat })).toBe('VAT on commission (19\u00A0%, DE)');
  expect(vatLabel({ vatTreatment: 'reverse-charge', vatBasisPoints: 0, vatCountry: null })).toContain('reverse charge');
});
