import { CONTACT_LABELS, PAGES, type ContactKind, type MessageReportReason, type MessageView, type ThreadKind } from '@assay/contract';

/** What a thread is about, as a link to it. */
export function subjectOf({ kind, subjectId, title }: { kind: ThreadKind; subjectId: number; title: string | null }): {
  label: string;
  href: string;
} {
  if (kind === 'order') return { label: `Order ${subjectId}${title ? `: ${title}` : ''}`, href: PAGES.order(subjectId) };
  if (kind === 'listing') return { label: title ?? 'A listing that was removed', href: PAGES.listing(subjectId) };
  return { label: 'Store', href: PAGES.seller(subjectId) };
}

/** The text of a message, or what stands in its place. */
export const textOf = ({ text, status }: Pick<MessageView, 'text' | 'status'>): string =>
  text ?? (status === 'removed' ? 'A moderator removed this message.' : 'The account that sent this was deleted.');

/** Why a message may be reported, as a sentence. */
export const REPORT_LABELS: Record<MessageReportReason, string> = {
  spam: 'It is advertising.',
  abusive: 'It insults or threatens.',
  scam: 'It tries to deceive me.',
  'deal-elsewhere': 'It asks to deal or pay elsewhere.',
  other: 'Something else.',
};

/** Why a message was not delivered, for its sender. */
export const heldLabel = (reason: ContactKind): string =>
  `Not delivered: this looks like ${CONTACT_LABELS[reason]}. Before a purchase, keep contact details and links out of messages.`;

/** Whether a message is the first of its day (UTC). */
export const beginsDay = (messages: readonly Pick<MessageView, 'at'>[], i: number): boolean =>
  i === 0 || messages[i]!.at.slice(0, 10) !== messages[i - 1]!.at.slice(0, 10);

/** The last own message that the other side has read. */
export const seenId = (messages: readonly Pick<MessageView, 'id' | 'mine' | 'position' | 'status'>[], readByOther: number): number | null =>
  messages.findLast(({ mine, position, status }) => mine && status === 'sent' && position <= readByOther)?.id ?? null;
