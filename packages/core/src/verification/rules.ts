import type { VerificationState } from '@assay/contract';
import type { EmailLinkRow, VerificationRow } from './ports.ts';

export const EMAIL_LINK_MS = 24 * 3_600_000;
/** Links for one account, or to one address: so many a day, and not in quick succession. */
export const EMAIL_LINKS_A_DAY = 5;
const EMAIL_LINK_PAUSE_MS = 60_000;
export const DAY_MS = 24 * 3_600_000;

/** Papers may be handed in so often in this time. */
export const SUBMISSIONS_MAX = 5;
export const SUBMISSIONS_MS = 30 * DAY_MS;
/** A file that has not arrived after this long is not on its way any more. */
export const ARRIVAL_MS = 3_600_000;
/** Files are kept this long after the decision, and as long in a draft without changes. */
export const KEEP_FILES_MS = 30 * DAY_MS;

const since = (state: VerificationState['state'], at: Date | null, reason: string | null = null): VerificationState => ({
  state,
  reason,
  since: at?.toISOString() ?? null,
});
const NONE = since('none', null);

/** How far an address is. A link that was sent is waited for as long as it is good. */
export function emailState(verifiedAt: Date | null, lastLink: EmailLinkRow | null, now: Date): VerificationState {
  if (verifiedAt) return since('verified', verifiedAt);
  if (!lastLink || lastLink.usedAt) return NONE;
  return lastLink.expiresAt > now ? since('pending', lastLink.createdAt) : since('expired', lastLink.expiresAt);
}

/** A linked wallet is a proved one. @param linkedAt of the first */
export const walletState = (linkedAt: Date | null): VerificationState => (linkedAt ? since('verified', linkedAt) : NONE);

/** A draft changes nothing of what was decided before it. @param before what was decided last, where the latest is a draft */
export function documentsState(latest: VerificationRow | null, before: VerificationRow | null = null): VerificationState {
  switch (latest?.status) {
    case 'submitted':
      return since('pending', latest.submittedAt);
    case 'approved':
      return since('verified', latest.decidedAt);
    case 'rejected':
      return since('rejected', latest.decidedAt, latest.reason);
    case 'draft':
      return before ? documentsState(before) : NONE;
    default:
      return NONE;
  }
}

/** Whether papers can be added and handed in: not while they are looked at, nor once they were accepted. */
export const isOpen = (latest: VerificationRow | null): boolean =>
  latest === null || latest.status === 'draft' || latest.status === 'rejected';

/** In how many ms another link may be sent; 0 for now. @param sent when links were, of the last day, newest first */
export function waitForLink(sent: readonly Date[], now: Date): number {
  const until = Math.max(
    (sent[0]?.getTime() ?? 0) + EMAIL_LINK_PAUSE_MS,
    sent.length < EMAIL_LINKS_A_DAY ? 0 : sent[EMAIL_LINKS_A_DAY - 1]!.getTime() + DAY_MS,
  );
  return sent.length === 0 ? 0 : Math.max(0, until - now.getTime());
}
