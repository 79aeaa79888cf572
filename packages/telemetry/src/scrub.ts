import { LINK_PAGES } from '@assay/contract';

/** The addresses of links in e-mails, up to their token; a proxy or a mail programme may have encoded the slashes. */
const LINKS = Object.values(LINK_PAGES)
  .map((page) => page.replaceAll('/', '(?:/|%2F)'))
  .join('|');

/** Whether a path may hold what {@link scrub} hides: a look that costs less than scrubbing each path of the access log. */
export const HAS_SECRET = new RegExp(`@|%40|eyJ|${LINKS}`, 'i');

/** Finds the token in a run of words with dots: from its first letters on, all of it. */
function withoutToken(run: string): string {
  const at = run.indexOf('eyJ');
  const parts = at < 0 ? [] : run.slice(at).split('.');
  return parts.length > 2 && parts.slice(0, 3).every((part) => part.length >= 5) ? `${run.slice(0, at)}[token]` : run;
}

/**
 * What must not leave in a text, and what stands there instead. A pattern that takes in long runs begins only where a run begins, so
 * that each letter is looked at once; the others have a short longest length.
 */
const SECRETS: [RegExp, string | ((match: string, ...groups: string[]) => string)][] = [
  [/(\b[a-z][a-z+]{1,20}:\/\/)[^\s/@]{1,200}@/gi, '$1[credentials]@'],
  [/(?<![\w./:[\]-])([\w./:[\]-]+)\?[^\s"')]+/g, (match, address: string) => (address.includes('/') ? `${address}?…` : match)],
  [/(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]+(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '[e-mail]'],
  [/(?<![\w.-])[\w.-]+/g, withoutToken],
  [/\b[0-9a-f-]{36}\.[\w-]{43}(?![\w-])/g, '[token]'],
  [new RegExp(`(${LINKS})[^/\\s?#"'<>]+`, 'gi'), '$1[token]'],
  [/\bBearer\s{1,4}\S{1,4000}/gi, 'Bearer [token]'],
  [/\bwhsec_[\w+/=]{1,200}/g, '[secret]'],
  [/\b(password|pwd|secret|api-?key)(\s?[=:]\s?)(\{[^}]{0,500}\}|[^;,\s]{1,500})/gi, '$1$2[secret]'],
  // SQL Server names the duplicate value.
  [/(duplicate key value is )\([^)]{0,500}\)/gi, '$1(…)'],
];
const LONGEST = 8000;

/** A text without e-mail addresses, tokens, passwords and queries of addresses, and not endlessly long. */
export function scrub(text: string): string {
  return SECRETS.reduce((scrubbed, [secret, instead]) => scrubbed.replace(secret, instead as string), text.slice(0, LONGEST));
}

/** What may be logged or sent of an error: none of the values that it was about. */
export interface ErrorDescription {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
}

/** An error for a log or a report. Other properties stay here: a database's error carries the values of the statement. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error))
    return { type: typeof error, message: scrub(typeof error === 'string' ? error : 'A value was thrown that is no error.') };
  const type = error.name || 'Error';
  const message = scrub(type === 'PrismaClientValidationError' ? lastParagraph(error.message) : error.message);
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type,
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code).slice(0, 60) } : {}),
    stack: [`${type}: ${message}`, ...frames.slice(0, 30)].join('\n'),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** Prisma shows the whole call, with its values, and then says what is wrong with it. */
const lastParagraph = (text: string) =>
  text
    .trim()
    .split(/\n\s*\n/)
    .at(-1)!;
