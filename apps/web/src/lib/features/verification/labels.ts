import type { VerificationKind, VerificationState } from '@assay/contract';

/** What is verified, as sellers and buyers read it. */
export const kindLabels: Record<VerificationKind, string> = {
  email: 'E-mail confirmed',
  wallet: 'Wallet linked',
  documents: 'Identity checked',
};

export const kindNames: Record<VerificationKind, string> = { email: 'E-mail address', wallet: 'Wallet', documents: 'Identity papers' };

type Tone = 'good' | 'bad' | 'info' | '';
/** The word for a state, the same for every kind. */
export const stateLabels: Record<VerificationState['state'], { label: string; tone: Tone }> = {
  none: { label: 'Not yet', tone: '' },
  pending: { label: 'Waiting', tone: 'info' },
  verified: { label: 'Verified', tone: 'good' },
  rejected: { label: 'Not accepted', tone: 'bad' },
  expired: { label: 'Link expired', tone: 'bad' },
};

/** What a paper is: "PDF". */
export const typeLabels: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG picture',
  'image/png': 'PNG picture',
  'image/webp': 'WebP picture',
};
