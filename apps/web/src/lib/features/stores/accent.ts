import { ACCENT_PALETTE, accentShades, nearestAccent, type AccentShades } from '@assay/contract';

/** "#2d5488" without its sign; undefined where there is none. */
export const digits = (accent: string | null): string | undefined => accent?.slice(1);

/** What a form chose: nothing, one of the palette, or a colour of one's own. */
export type AccentChoice = 'none' | 'own' | (string & {});

/** Which choice of the form a stored colour is. */
export const choiceOf = (accent: string | null): AccentChoice =>
  accent === null ? 'none' : ACCENT_PALETTE.some(({ hex }) => hex === accent) ? accent : 'own';

/** The colour that a choice means. */
export const accentOf = (choice: AccentChoice, own: string): string | null => (choice === 'none' ? null : choice === 'own' ? own : choice);

/** The judgement of a colour: its two shades, or the nearest colour that has some. */
export function judge(accent: string | null): { shades: AccentShades | null; nearest: string | null } {
  if (accent === null || !/^#[0-9a-f]{6}$/.test(accent)) return { shades: null, nearest: null };
  const shades = accentShades(accent);
  return { shades, nearest: shades ? null : nearestAccent(accent) };
}
