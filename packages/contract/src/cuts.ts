/** The first characters of a text, never half of one. @param max in UTF-16 units */
export const firstChars = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');

/** A text as sentences repeat it: its first characters, and a mark where there are more. */
export const excerpt = (text: string, max: number): string => (text.length > max ? `${firstChars(text, max)}…` : text);

/** A text of at most `max` units, cut behind a word where one ends near the limit, and never inside a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = firstChars(text, max - 2);
  const words = room.replace(/\s+\S*$/, '');
  return `${words.length > max * 0.9 ? words : room} …`;
}
