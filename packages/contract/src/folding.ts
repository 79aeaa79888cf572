/** Letters that Unicode does not decompose, in lower case, and how people without the key type them. */
const LETTERS: Record<string, string> = {
  ...letters('a', 'ⱥᶏ'),
  ...letters('b', 'ƀƃɓꞗᵬᶀ'),
  ...letters('c', 'ƈȼɕꞓꞔ'),
  ...letters('d', 'đðƌȡɖɗꟈᵭᶁ'),
  ...letters('e', 'ɇⱸᶒꬴ'),
  ...letters('f', 'ƒꞙᵮᶂ'),
  ...letters('g', 'ǥɠꞡᶃ'),
  ...letters('h', 'ħɦⱨꞕ'),
  ...letters('i', 'ıɨᶖ'),
  ...letters('j', 'ȷɉʝ'),
  ...letters('k', 'ĸƙⱪꝁꝃꞣᶄ'),
  ...letters('l', 'łƚȴɫɬɭⱡꝉᶅꬷꬸꬹ'),
  ...letters('m', 'ɱᵯᶆꬺ'),
  ...letters('n', 'ŋƞȵɲɳꞑꞥᵰᶇꬻ'),
  ...letters('o', 'øɵⱺꝋꝍ'),
  ...letters('p', 'ƥꝑꝓꝕᵱᵽᶈ'),
  ...letters('q', 'ɋʠꝗꝙ'),
  ...letters('r', 'ɍɼɽɾꞧᵲᶉꭉ'),
  ...letters('s', 'ſȿʂꞩꟊᵴᶊ'),
  ...letters('t', 'ŧƫƭȶʈⱦᵵ'),
  ...letters('u', 'ʉꞹᶙꭎꭒ'),
  ...letters('v', 'ʋⱱⱴꝟᶌ'),
  ...letters('w', 'ⱳ'),
  ...letters('x', 'ᶍꭖꭗꭙ'),
  ...letters('y', 'ƴɏỿꭚ'),
  ...letters('z', 'ƶȥɀʐʑⱬᵶᶎ'),
  ...letters('ss', 'ßẞ'),
  ...letters('ae', 'æ'),
  ...letters('oe', 'œ'),
  ...letters('th', 'þ'),
  ς: 'σ',
  // Arabic and Persian keyboards write the same letter with different code points.
  ک: 'ك',
  ی: 'ي',
  ى: 'ي',
  ة: 'ه',
};

function letters(plain: string, written: string): Record<string, string> {
  return Object.fromEntries([...written].map((letter) => [letter, plain]));
}

const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
/** Marks, characters without a width, and the line that stretches an Arabic word. */
const IGNORED = /[\p{M}\p{Cf}\u0640]+/gu;

/**
 * Text as searches compare it, the same on every engine: full case folding, without marks, letters without their strokes, so that
 * "evora" finds "Évora", "strasse" "Straße", and "lodz" "Łódź".
 */
export function foldText(value: string): string {
  const plain = value.normalize('NFKD').replace(IGNORED, '');
  if (/^[\u0020-\u007e]*$/.test(plain)) return plain.toLowerCase();
  // By way of upper case, as full case folding goes: ß and ẞ, ſ and s, ı and i, σ and ς are one.
  const folded = plain.toUpperCase().toLowerCase().normalize('NFKD').replace(IGNORED, '');
  return folded.replace(SPECIAL, (letter) => LETTERS[letter]!);
}
