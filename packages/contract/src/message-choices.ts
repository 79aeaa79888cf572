// Lists to choose from. Free of zod: browsers load it.

/** What a thread is about: a listing, an order, or a store. */
export const THREAD_KINDS = ['listing', 'order', 'store'] as const;
/** Held: its sender alone sees it. */
export const MESSAGE_STATUSES = ['sent', 'held'] as const;
/** What a message is held for: it names a way to deal elsewhere. */
export const CONTACT_KINDS = ['email', 'phone', 'link', 'handle'] as const;
export const THREAD_ROLES = ['buyer', 'seller'] as const;
/** Longest text of a message, in UTF-16 units. */
export const MESSAGE_TEXT_MAX = 2000;

export type ThreadKind = (typeof THREAD_KINDS)[number];
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
export type ContactKind = (typeof CONTACT_KINDS)[number];
export type ThreadRole = (typeof THREAD_ROLES)[number];
