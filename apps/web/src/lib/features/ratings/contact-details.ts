const EMAIL = /[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i;
const LINK = /\b(?:https?:\/\/|www\.)\S+|\b(?:wa|t)\.me\/\S+/i;
const HANDLE = /(?:^|\s)@[\w.]{3,}/;
/** Digits as people write a number to call, with at least nine of them; not a date, and not a price. */
const PHONE = /(?:\+|\b00)?\(?\d[\d\s()./-]{7,}\d/g;
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;

function hasPhone(text: string): boolean {
  return (text.match(PHONE) ?? []).some((found) => !DATE.test(found.trim()) && found.replaceAll(/\D/g, '').length >= 9);
}

/** What in a public text looks like a way to reach a person; null where nothing does. */
export function contactIn(text: string): 'an e-mail address' | 'a link' | 'a user name' | 'a phone number' | null {
  if (EMAIL.test(text)) return 'an e-mail address';
  if (LINK.test(text)) return 'a link';
  if (HANDLE.test(text)) return 'a user name';
  return hasPhone(text) ? 'a phone number' : null;
}
