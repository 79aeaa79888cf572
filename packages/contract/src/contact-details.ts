// Free of zod: browsers load it.
import type { ContactKind } from './message-choices.ts';

/** A way to reach a person elsewhere that a text may name, and how sure that is, from 0 to 100. */
export interface FoundContact {
  kind: ContactKind;
  score: number;
}

/** From this score on a finding counts, where no setting says otherwise. */
export const CONTACT_THRESHOLD = 50;

/** How a sentence names what was found. */
export const CONTACT_LABELS: Record<ContactKind, string> = {
  email: 'an e-mail address',
  link: 'a link',
  handle: 'a user name or a way to deal elsewhere',
  phone: 'a phone number',
};

const TLD = 'com|net|org|shop|store|biz|info|eu|de|fr|es|nl|pt|uk|ie|ch|pl|se|jp|nz|io|app|online|site|studio|works';
/** Also words: only before a path, or after "www". */
const AMBIGUOUS_TLD = 'it|at|me|in|is|be|so|to|no|us|id|co|cc|gg|gl|ly|ee';
const MAIL_SERVICES = 'gmail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail|gmx|t-online';
const PLATFORMS =
  'whats ?app|telegram|signal|we ?chat|viber|instagram|insta|ig|snap(?:chat)?|facebook|fb|messenger|tik ?tok|discord|skype|line|twitter|etsy|vinted|e ?bay|paypal|venmo|zelle|cash ?app|revolut';
const INVITES = 'add|find|message|dm|hmu|write|text|contact|reach|follow|search|pay|send|ask|talk|chat|continue|deal|move|answer';

type Rule = readonly [kind: ContactKind, score: number, pattern: RegExp];
const rule = (kind: ContactKind, score: number, source: string): Rule => [kind, score, new RegExp(source, 'iu')];

const AT = String.raw`\s*(?:[([{<]\s*(?:at|@)\s*[)\]}>])\s*`;
const DOT = String.raw`\s*(?:\.|[([{<]\s*(?:dot|\.)\s*[)\]}>]|\bdot\b)\s*`;

/** What is written in one way only, and how sure it is. */
const RULES: readonly Rule[] = [
  rule('email', 95, String.raw`[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}`),
  rule('email', 85, String.raw`[\w.+-]+${AT}[\w-]+(?:${DOT}[\w-]+)*${DOT}[a-z]{2,}`),
  rule('email', 80, String.raw`[\w.+-]+\s+at\s+[\w-]+\s*(?:[([{<]\s*dot\s*[)\]}>]|\bdot\b)\s*[a-z]{2,}\b`),
  rule('email', 75, String.raw`[\w.+-]+\s+at\s+(?:(?:${MAIL_SERVICES})(?![\w-])|[\w-]+\.(?:${TLD})\b)`),
  rule('email', 70, String.raw`\bmy (?:${MAIL_SERVICES})\b(?: address| account| name)?\s*(?:is|:|=)\s*\S`),
  rule('link', 95, String.raw`\b(?:https?|hxxps?):\/\/\S+`),
  rule('link', 90, String.raw`\bwww\s?\.\s?[\w-]+\s?\.\s?[a-z]{2,}`),
  rule('link', 80, String.raw`(?<![\w@.])(?:[a-z0-9-]{2,}\.)+(?:${TLD})\b(?!\s*@)`),
  rule('link', 75, String.raw`(?<![\w@.])(?:[a-z0-9-]{1,}\.)+(?:${TLD}|${AMBIGUOUS_TLD})\/\S`),
  rule('link', 75, String.raw`(?<!\bat )\b[\w-]{2,}\s*(?:\bdot\b|[([]\s*dot\s*[)\]])\s*(?:${TLD})\b`),
  rule('handle', 70, String.raw`(?:^|[\s(:])@(?=[\w.]*[a-z])[\w.]{3,}`),
  rule('handle', 75, String.raw`\b(?:${PLATFORMS})(?: (?:id|name|user))?\s*[:=]\s*\S`),
  rule('handle', 75, String.raw`\bmy (?:${PLATFORMS})\b(?: (?:id|name|user|account))?(?: is\b|\s*[:=])`),
  rule('handle', 70, String.raw`\b(?:${INVITES})\b[^.!?]{0,30}?\b(?:on|via|by|with|through|to|over|under)\s+(?:${PLATFORMS})\b`),
  rule('handle', 60, String.raw`\b(?:${INVITES})\b[^.!?]{0,20}?\bmy\s+(?:${PLATFORMS})\b`),
  rule('handle', 60, String.raw`\b(?:i am|i'm|i answer\b.{0,12}|do you have|what is your)\s+(?:on )?(?:${PLATFORMS})\b`),
  rule('phone', 80, String.raw`(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s,-]*){7,}`),
];

/** Digits as people write a number to call. Letters beside them make it something else, as in a tracking number. */
const DIGITS = /(?<![\p{L}\p{N}#.,])(?:\+\s?|00)?\(?\d[\d\s()./-]{5,}\d(?![\p{L}\p{N}]|[.,]\d|\s*(?:€|\$|£|%))/gu;
const DATE_OR_TIME = /(?<![\d./-])\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?![./-]?\d)|\b\d{1,2}:\d{2}\b/g;
const NUMBERED =
  /(?:track\w*|parcel|shipment|consignment|dhl|ups|fedex|usps|gls|dpd|hermes|royal mail|isbn\S*|ismn|ean|gtin|barcode|upc|sku|imei|iban|order|invoice|ref\w*|serial|model|item|article|art|part|batch|lot|catalogue|set|number of|reservation|customer|sn|no|nr)\b\.?[\s:]*(?:number|no\.?|nr\.?|code|is|says|id)?[\s:]*(?:is|says)?[\s:]*[\w-]{0,12}\s*$/iu;
const CALLED = /\b(?:call|phone|tel|telephone|mobile|cell|handy|whats ?app|text|sms|ring|reach|viber|signal|my number|give me a call)\b/iu;
const MEASURED = /^\s*(?:x\b|mm|cm|m\b|kg|g\b|ml|l\b|inch|eur\b|usd\b|euros?\b|pesos|yen|pieces|pcs)/iu;

/** What digits alone are worth: how they begin, how many they are, and how they are grouped. */
function shapeOf(found: string): number {
  const digits = found.replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return 0;
  if (/^\s*(?:\+|00)/.test(found) && digits.length >= 9) return 85;
  if (digits.length >= 9 && digits.length <= 12 && /^\(?0/.test(found)) return 70;
  if (/^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/.test(found) || /^1[\s.-]\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/.test(found)) return 75;
  if (/^\(\d{2,3}\)\s?\d{4,5}[\s-]\d{4}$/.test(found)) return 75;
  return digits.length <= 11 ? 30 : 10;
}

/** How sure it is that a text names a number to call. */
function phoneScore(text: string): number {
  const undated = text.replaceAll(DATE_OR_TIME, (date) => (date.replaceAll(/\D/g, '').length > 8 ? date : ' '.repeat(date.length)));
  const called = CALLED.test(text) ? 35 : 0;
  let most = 0;
  for (const { 0: found, index } of undated.matchAll(DIGITS)) {
    const shape = shapeOf(found.trim());
    if (shape === 0) continue;
    const isNumbered = NUMBERED.test(undated.slice(Math.max(0, index - 40), index));
    const isMeasured = MEASURED.test(undated.slice(index + found.length));
    most = Math.max(most, shape + called - (isNumbered ? 60 : 0) - (isMeasured ? 60 : 0));
  }
  return Math.min(100, most);
}

/** Text as it is compared: one form of each character, nothing invisible in between. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');

/**
 * What in a text is most likely a way to reach a person elsewhere; null where nothing looks like one.
 * @param ownHost links to it are not meant
 */
export function findContact(text: string, ownHost?: string): FoundContact | null {
  const said = ownHost
    ? plain(text).replaceAll(new RegExp(String.raw`https?:\/\/${ownHost.replaceAll('.', String.raw`\.`)}(?=[\/?#\s]|$)\S*`, 'giu'), ' ')
    : plain(text);
  const found: FoundContact[] = RULES.filter(([, , pattern]) => pattern.test(said)).map(([kind, score]) => ({ kind, score }));
  const phone = phoneScore(said);
  if (phone > 0) found.push({ kind: 'phone', score: phone });
  return found.toSorted((a, b) => b.score - a.score)[0] ?? null;
}

/** The same where it is sure enough. */
export function contactIn(text: string, threshold: number = CONTACT_THRESHOLD, ownHost?: string): ContactKind | null {
  const found = findContact(text, ownHost);
  return found && found.score >= threshold ? found.kind : null;
}
