// Lists to choose from. Free of zod: browsers load it.

/** What a thread is about: a listing, an order, or a store. */
export const THREAD_KINDS = ['listing', 'order', 'store'] as const;
/** Held: its sender alone sees it. Removed: a moderator took its text away. */
export const MESSAGE_STATUSES = ['sent', 'held', 'removed'] as const;
/** Why a message is reported. */
export const MESSAGE_REPORT_REASONS = ['spam', 'abusive', 'scam', 'deal-elsewhere', 'other'] as const;
/** What a moderator does with a reported message. */
export const MESSAGE_DECISIONS = ['removed', 'dismissed'] as const;
/** What a message is held for: it names a way to deal elsewhere. */
export const CONTACT_KINDS = ['email', 'phone', 'link', 'handle'] as const;
export const THREAD_ROLES = ['buyer', 'seller'] as const;
/** Longest text of a message, in UTF-16 units. */
export const MESSAGE_TEXT_MAX = 2000;

export type ThreadKind = (typeof THREAD_KINDS)[number];
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
export type ContactKind = (typeof CONTACT_KINDS)[number];
export type ThreadRole = (typeof THREAD_ROLES)[number];
export type MessageReportReason = (typeof MESSAGE_REPORT_REASONS)[number];
export type MessageDecision = (typeof MESSAGE_DECISIONS)[number];
