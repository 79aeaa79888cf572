import type { ContactKind } from './message-choices.ts';

const EMAIL = /[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i;
const LINK = /\b(?:https?:\/\/|www\.)\S+|\b(?:wa|t)\.me\/\S+/i;
const HANDLE = /(?:^|\s)@[\w.]{3,}/;
/** Digits as people write a number to call, with at least nine of them; not a date, and not a price. */
const PHONE = /(?:\+|\b00)?\(?\d[\d\s()./-]{7,}\d/g;
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;

function hasPhone(text: string): boolean {
  return (text.match(PHONE) ?? []).some((found) => !DATE.test(found.trim()) && found.replaceAll(/\D/g, '').length >= 9);
}

/** How a sentence names what was found. */
export const CONTACT_LABELS: Record<ContactKind, string> = {
  email: 'an e-mail address',
  link: 'a link',
  handle: 'a user name',
  phone: 'a phone number',
};

/** What in a text looks like a way to reach a person elsewhere; null where nothing does. */
export function contactIn(text: string): ContactKind | null {
  if (EMAIL.test(text)) return 'email';
  if (LINK.test(text)) return 'link';
  if (HANDLE.test(text)) return 'handle';
  return hasPhone(text) ? 'phone' : null;
}
