import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCENT_GROUNDS, ACCENT_PALETTE, ACCENT_RATIO_MIN, accentShades, contrastOf, nearestAccent } from './accent.ts';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

/** Of everything that has to be read, computed anew from the two colours. */
function ratiosOf(shades: NonNullable<ReturnType<typeof accentShades>>): number[] {
  return (['light', 'dark'] as const).flatMap((theme) => {
    const { paper, sheet, well } = ACCENT_GROUNDS[theme];
    const { hex: colour, text } = shades[theme];
    return [paper, sheet, well, text].map((other) => contrastOf(colour, other));
  });
}

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.478], // the grey that just fails, as WebAIM gives it
    ['#767676', '#ffffff', 4.542],
    ['#ff0000', '#ffffff', 3.998],
    ['#8c5b08', '#f5f5f1', 5.3],
    ['#e2b25f', '#1e252d', 7.9],
  ])('of %s and %s is %d', (a, b, ratio) => {
    expect(contrastOf(a, b)).toBeCloseTo(ratio, ratio === 5.3 || ratio === 7.9 ? 1 : 3);
    expect(contrastOf(a, b)).toBe(contrastOf(b, a));
  });
});

describe('the colour of a store', () => {
  it('is readable in both themes for any choice, or refused', () => {
    fc.assert(
      fc.property(hex, (chosen) => {
        const shades = accentShades(chosen);
        if (!shades) return;
        expect(Math.min(...ratiosOf(shades))).toBeGreaterThanOrEqual(ACCENT_RATIO_MIN);
      }),
      { numRuns: 400 },
    );
  });

  it('that is refused has a nearest one, which is taken as it is and keeps its hue', () => {
    fc.assert(
      fc.property(hex, (chosen) => {
        const near = nearestAccent(chosen);
        expect(accentShades(near)).not.toBeNull();
        expect(near === chosen).toBe(accentShades(chosen) !== null);
      }),
      { numRuns: 60 },
    );
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(nearestAccent('#ffff00').slice(at, at + 2), 16));
    expect([Math.abs(r! - g!) < 24, b! < 90]).toEqual([true, true]); // still a yellow
  });

  it('moves no further than it has to', () => {
    fc.assert(
      fc.property(hex, (chosen) => {
        const shades = accentShades(chosen);
        for (const theme of ['light', 'dark'] as const) {
          const lowest =
            shades &&
            Math.min(
              ...ratiosOf(shades)
                .slice(theme === 'light' ? 0 : 4)
                .slice(0, 4),
            );
          // It was not touched, or it is just readable.
          if (shades && shades[theme].hex !== chosen) expect(lowest).toBeLessThan(ACCENT_RATIO_MIN + 0.12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stays as it is where it can be read already', () => {
    expect(accentShades('#2d5488')!.light.hex).toBe('#2d5488');
    expect(accentShades('#e0a050')!.dark.hex).toBe('#e0a050');
  });

  it.each(['#000000', '#ffffff', '#ffff00', '#000060'])('%s cannot be read in one of the themes', (chosen) => {
    expect(accentShades(chosen)).toBeNull();
  });

  it('can be any of the palette', () => {
    expect(ACCENT_PALETTE.filter(({ hex: colour }) => !accentShades(colour))).toEqual([]);
  });

  it('says the ratios that it has', () => {
    const shades = accentShades('#a33f2c')!;
    expect(['light', 'dark'].flatMap((theme) => Object.values(shades[theme as 'light' | 'dark'].ratios))).toEqual(ratiosOf(shades));
  });
});
