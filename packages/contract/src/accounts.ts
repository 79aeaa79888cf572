import { z } from 'zod';
import { Timestamp } from './common.ts';
import { ImageView } from './images.ts';
import { PersonName } from './names.ts';
import { CurrentPassword, OwnerProof } from './owner-proof.ts';
import { text } from './text.ts';

export const ROLES = ['buyer', 'seller', 'admin', 'ops'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** What a browser forgets when one signs out, as the header Clear-Site-Data says it; cookies of the session are deleted one by one. */
export const CLEAR_SITE_DATA = '"cache", "storage"';

const EMAIL_MESSAGE = 'This is not an e-mail address.';

/** An international domain in the ASCII form of DNS, as browsers send it: "müller.example" is "xn--mller-kva.example". */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (at < 1 || !/[^\u0000-\u007F]/.test(domain) || !/^[\p{L}\p{M}\p{N}.\-。．｡]+$/u.test(domain)) return address;
  return `${address.slice(0, at)}@${URL.parse(`http://${domain}`)?.hostname ?? domain}`;
}

/** What browsers accept in a field of type email (the pattern of the HTML standard), in lower case. */
export const Email = z
  .string({ error: EMAIL_MESSAGE })
  .trim()
  .toLowerCase()
  .overwrite(withAsciiDomain)
  .max(254, EMAIL_MESSAGE)
  .pipe(z.email({ pattern: z.regexes.html5Email, error: EMAIL_MESSAGE }))
  .meta({ example: 'ada@example.com' });

const PASSWORD_MIN = 8;
const Password = z
  .string({ error: 'A password is text.' })
  .min(PASSWORD_MIN, { error: 'A password needs at least 8 characters.', abort: true })
  .max(200, 'A password has at most 200 characters.')
  // It is hashed in that form.
  .refine((value) => value.normalize('NFKC').length >= PASSWORD_MIN, 'A password needs at least 8 characters.')
  .refine((value) => value.isWellFormed(), 'The password contains a broken character.');

export const RegisterInput = z
  .object({ email: Email, password: Password, fullName: PersonName })
  .meta({ id: 'RegisterInput', example: { email: 'ada@example.com', password: 'a long passphrase', fullName: 'Ada Byron' } });
export type RegisterInput = z.infer<typeof RegisterInput>;

export const SignInInput = z
  .object({
    email: Email,
    password: CurrentPassword,
  })
  .meta({ id: 'SignInInput' });
export type SignInInput = z.infer<typeof SignInInput>;

export const Account = z
  .object({ id: z.int(), email: z.string().nullable(), fullName: z.string(), roles: z.array(Role), createdAt: Timestamp })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

/** The account that is signed in, as the frame of each page shows it. */
export const OwnAccount = Account.extend({
  /** The profile image; null for an account without one. */
  image: ImageView.nullable(),
});
export type OwnAccount = z.infer<typeof OwnAccount>;

export const RenameInput = RegisterInput.pick({ fullName: true }).meta({ id: 'RenameInput' });
export type RenameInput = z.infer<typeof RenameInput>;

export const PasswordInput = z
  .object({
    email: Email.optional().describe('Needed where the account has none.'),
    password: Password,
    ...OwnerProof.shape,
  })
  .meta({ id: 'PasswordInput', example: { password: 'a longer passphrase', current: 'a long passphrase' } });
export type PasswordInput = z.infer<typeof PasswordInput>;

export const RequestPasswordResetInput = z.object({ email: Email }).meta({ id: 'RequestPasswordResetInput' });
export type RequestPasswordResetInput = z.infer<typeof RequestPasswordResetInput>;

const TOKEN_MESSAGE = 'This is not a link of ours.';
/** What the link of an e-mail holds. */
export const EmailTokenInput = z
  .object({ token: z.string({ error: TOKEN_MESSAGE }).regex(/^[A-Za-z0-9_-]{32}$/, TOKEN_MESSAGE) })
  .meta({ id: 'EmailTokenInput' });
export type EmailTokenInput = z.infer<typeof EmailTokenInput>;

export const ResetPasswordInput = EmailTokenInput.extend({ password: Password }).meta({ id: 'ResetPasswordInput' });
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>;

/** What a link to set a new password is good for. Asking changes nothing. */
export const PasswordReset = z
  .object({ state: z.enum(['good', 'used', 'expired', 'unknown']), email: z.string().nullable() })
  .meta({ id: 'PasswordReset' });
export type PasswordReset = z.infer<typeof PasswordReset>;

export const ChangeEmailInput = z
  .object({ email: Email, ...OwnerProof.shape })
  .meta({ id: 'ChangeEmailInput', example: { email: 'ada@new.example.com', current: 'a long passphrase' } });
export type ChangeEmailInput = z.infer<typeof ChangeEmailInput>;

/** What a link of a change of address is good for. Asking changes nothing. */
export const EmailChangeLink = z
  .object({
    state: z
      .enum(['good', 'confirmed', 'done', 'refused', 'expired', 'unknown'])
      .describe('confirmed: by this link; the other one is waited for.'),
    side: z.enum(['old', 'new']).describe('Which mailbox the link was sent to. The old one may refuse.'),
    newEmail: z.string().nullable(),
  })
  .meta({ id: 'EmailChangeLink' });
export type EmailChangeLink = z.infer<typeof EmailChangeLink>;

/** The address that an account is about to get. */
export const OpenEmailChange = z.object({ newEmail: z.string().nullable() }).meta({ id: 'OpenEmailChange' });
export const EmailChanged = z
  .object({ changed: z.boolean().describe('False while the other mailbox has not confirmed.') })
  .meta({ id: 'EmailChanged' });

export const SignedIn = z.object({ token: z.string(), expiresAt: Timestamp, user: Account }).meta({
  id: 'SignedIn',
  description: 'The token goes into `Authorization: Bearer …` until it expires. The refresh token travels in an httpOnly cookie.',
});
export type SignedIn = z.infer<typeof SignedIn>;

export const SessionView = z
  .object({ id: z.string(), device: z.string().nullable(), createdAt: Timestamp, lastUsedAt: Timestamp, current: z.boolean() })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const EndSessionInput = OwnerProof.extend({ id: z.uuid({ error: 'This is not a session id.' }) }).meta({ id: 'EndSessionInput' });
export type EndSessionInput = z.infer<typeof EndSessionInput>;

/** How many sessions were ended. */
export const EndedSessions = z.object({ ended: z.int() }).meta({ id: 'EndedSessions' });
export type EndedSessions = z.infer<typeof EndedSessions>;

/** By what admins look accounts up. */
export const FindPeople = z.object({
  q: text({ name: 'A search', min: 1, max: 254 }).describe('An account number, an e-mail address, a wallet or the beginning of a name.'),
});
export type FindPeople = z.infer<typeof FindPeople>;

/** An account as admins see it. */
export const PersonView = Account.extend({
  emailConfirmed: z.boolean(),
  disabledAt: Timestamp.nullable(),
  sessions: z.int().describe('Where it is signed in.'),
  wallets: z.int(),
}).meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;

/** Roles that can be taken away: everyone is a buyer. */
export const RevokedRole = z.enum(['seller', 'admin', 'ops'], { error: 'Name a role: seller, admin or ops.' });
