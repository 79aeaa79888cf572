import { readFileSync } from 'node:fs';
import { ACCENT_GROUNDS } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { accentOf, choiceOf, judge } from './accent.ts';

describe('the colour of a store in its form', () => {
  it('is judged against the grounds that the tokens have', () => {
    const tokens = readFileSync(new URL('../../../tokens.css', import.meta.url), 'utf8');
    const token = (name: string) => new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens)!.slice(1);
    for (const [i, theme] of (['light', 'dark'] as const).entries()) {
      const { paper, sheet, well, text, ink } = ACCENT_GROUNDS[theme];
      expect([theme, paper, sheet, well, text, ink]).toEqual([
        theme,
        ...['paper', 'sheet', 'well', 'on-ink', 'ink'].map((name) => token(name)[i]),
      ]);
    }
  });

  it.each([
    [null, 'none'],
    ['#2d5488', '#2d5488'],
    ['#123456', 'own'],
  ])('%s is the choice %s, and back', (accent, choice) => {
    expect(choiceOf(accent)).toBe(choice);
    expect(accentOf(choiceOf(accent), accent ?? '#ffffff')).toBe(accent);
  });

  it('has two shades, or a nearest colour, or neither where there is none', () => {
    expect(judge('#2d5488')).toMatchObject({ nearest: null, shades: { light: { hex: '#2d5488' } } });
    expect(judge('#ffff00')).toMatchObject({ nearest: expect.stringMatching(/^#[0-9a-f]{6}$/), shades: null });
    expect([judge(null), judge('red')]).toEqual([
      { shades: null, nearest: null },
      { shades: null, nearest: null },
    ]);
  });
});
