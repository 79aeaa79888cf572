import type { VerificationKind, VerificationState } from '@assay/contract';

/** What is verified, as sellers and buyers read it. */
export const kindLabels: Record<VerificationKind, string> = {
  email: 'E-mail confirmed',
  wallet: 'Wallet linked',
  documents: 'Identity verified',
};

export const kindNames: Record<VerificationKind, string> = { email: 'E-mail address', wallet: 'Wallet', documents: 'Identity documents' };

type Tone = 'good' | 'bad' | 'info' | '';
/** The word for a state, the same for every kind. */
export const stateLabels: Record<VerificationState['state'], { label: string; tone: Tone }> = {
  none: { label: 'Not verified', tone: '' },
  pending: { label: 'Pending', tone: 'info' },
  verified: { label: 'Verified', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  expired: { label: 'Link expired', tone: 'bad' },
};

/** The type of a document: "PDF". */
export const typeLabels: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG picture',
  'image/png': 'PNG picture',
  'image/webp': 'WebP picture',
};
