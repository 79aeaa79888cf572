import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { COUNTRY_CODES } from './countries.ts';
import { DOCUMENT_TYPES, VERIFICATION_STATES } from './onboarding-choices.ts';
import { PAGES } from './pages.ts';
import { text } from './text.ts';

/** How far a verification is. The same for every kind, wherever it is shown. */
export const VerificationState = z.object({
  state: z.enum(VERIFICATION_STATES),
  /** Why it was rejected. */
  reason: z.string().nullable(),
  /** Since when it is so. */
  since: Timestamp.nullable(),
});
export type VerificationState = z.infer<typeof VerificationState>;

/** A document that was handed in, or is about to be. Its file name is not kept. */
export const DocumentView = z.object({ id: z.int(), type: z.enum(DOCUMENT_TYPES), bytes: z.int(), createdAt: Timestamp });
export type DocumentView = z.infer<typeof DocumentView>;

/** What of me is verified, and how far the rest is. */
export const VerificationView = z
  .object({
    email: VerificationState.extend({ address: z.string().nullable() }),
    wallet: VerificationState,
    documents: VerificationState.extend({
      /** Of the draft, or of what waits for a decision. */
      files: z.array(DocumentView),
      /** Whether documents can be added, removed and handed in now. */
      open: z.boolean(),
      maxFiles: z.int(),
      maxBytes: z.int().describe('The largest file that is taken.'),
    }),
  })
  .meta({ id: 'Verification' });
export type VerificationView = z.infer<typeof VerificationView>;

/** What a link is good for. Asking changes nothing: programmes that look at links before people do must not use them up. */
export const EmailLink = z
  .object({ state: z.enum(['good', 'used', 'expired', 'unknown']), email: z.string().nullable() })
  .meta({ id: 'EmailLink' });
export type EmailLink = z.infer<typeof EmailLink>;

const COUNTRY_MESSAGE = 'Choose a country.';
export const SubmitVerificationInput = z
  .object({
    legalName: text({ name: 'Your legal name', min: 1, max: 200 }),
    country: z
      .string({ error: COUNTRY_MESSAGE })
      .trim()
      .toUpperCase()
      .refine((code) => COUNTRY_CODES.includes(code), COUNTRY_MESSAGE)
      .meta({ override: { type: 'string', enum: COUNTRY_CODES }, example: 'PT' }),
  })
  .meta({ id: 'SubmitVerificationInput', example: { legalName: 'Ada Byron', country: 'PT' } });
export type SubmitVerificationInput = z.infer<typeof SubmitVerificationInput>;

/** Pages with the form for documents, to which their outcome is appended. */
export const DOCUMENT_PAGES = { profile: `${PAGES.profile}?`, onboarding: `${PAGES.onboardingStep('verification')}&` } as const;

/** For forms without scripts: the page that leads on from an upload. */
export const UploadDocumentQuery = z.object({
  next: z.enum(Object.keys(DOCUMENT_PAGES) as (keyof typeof DOCUMENT_PAGES)[], { error: 'A page of ours to go on to.' }).optional(),
});
export type UploadDocumentQuery = z.infer<typeof UploadDocumentQuery>;

/** Why a member of the staff opens a document: to decide about it, because its seller asks, or because an authority does. */
export const DocumentReason = z.enum(['review', 'seller-request', 'authority'], {
  error: 'Say why you open it: review, seller-request or authority.',
});
export type DocumentReason = z.infer<typeof DocumentReason>;

/** The documents of one seller, for those who decide. */
export const VerificationCase = z.object({
  id: z.int(),
  userId: z.int(),
  sellerName: z.string(),
  legalName: z.string(),
  country: z.string(),
  submittedAt: Timestamp,
  /** How often this seller was rejected before. */
  rejectedBefore: z.int(),
  files: z.array(DocumentView),
  /** The reader's own: another admin decides. */
  own: z.boolean(),
});
export type VerificationCase = z.infer<typeof VerificationCase>;

export const DecidedVerification = z.object({
  id: z.int(),
  userId: z.int(),
  sellerName: z.string(),
  approved: z.boolean(),
  reason: z.string().nullable(),
  decidedBy: z.string(),
  decidedAt: Timestamp,
});
export type DecidedVerification = z.infer<typeof DecidedVerification>;

export const VerificationQueue = z
  .object({ waiting: z.array(VerificationCase), waitingCount: z.int(), decided: z.array(DecidedVerification) })
  .meta({ id: 'VerificationQueue' });
export type VerificationQueue = z.infer<typeof VerificationQueue>;

export const DecideVerificationInput = z
  .object({
    id: Id,
    approve: z.boolean({ error: 'Say whether it is approved.' }),
    reason: text({ name: 'The reason', max: 1000, multiline: true }).optional(),
  })
  .refine(({ approve, reason }) => approve || Boolean(reason), { path: ['reason'], error: 'Say why: the seller reads it.' })
  .meta({ id: 'DecideVerificationInput', example: { id: 1, approve: false, reason: 'The name on the document cannot be read.' } });
export type DecideVerificationInput = z.infer<typeof DecideVerificationInput>;
