import { z } from 'zod';
import { Timestamp } from './common.ts';
import { text } from './text.ts';

export const ROLES = ['buyer', 'seller', 'admin', 'ops'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Of a browser on which an account has signed in: others' failures do not count against it. */
export const DEVICE_COOKIE = 'assay_device';

/** Cookies of a session: access and refresh tokens, and the CSRF token that pages send back. */
export const SESSION_COOKIES = { access: 'assay_access', refresh: 'assay_refresh', csrf: 'assay_csrf' } as const;

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
  .object({ email: Email, password: Password, fullName: text({ name: 'A name', min: 1, max: 200 }) })
  .meta({ id: 'RegisterInput', example: { email: 'ada@example.com', password: 'a long passphrase', fullName: 'Ada Byron' } });
export type RegisterInput = z.infer<typeof RegisterInput>;

export const SignInInput = z
  .object({
    email: Email,
    password: z.string({ error: 'A password is text.' }).min(1, 'Enter your password.').max(200, 'A password has at most 200 characters.'),
  })
  .meta({ id: 'SignInInput' });
export type SignInInput = z.infer<typeof SignInInput>;

export const Account = z
  .object({ id: z.int(), email: z.string().nullable(), fullName: z.string(), roles: z.array(Role), createdAt: Timestamp })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

export const RenameInput = RegisterInput.pick({ fullName: true }).meta({ id: 'RenameInput' });
export type RenameInput = z.infer<typeof RenameInput>;

export const CurrentPassword = SignInInput.shape.password;

export const PasswordInput = z
  .object({
    email: Email.optional().describe('Needed where the account has none.'),
    password: Password,
    current: CurrentPassword.optional().describe('The password so far. Needed where there is one.'),
  })
  .meta({ id: 'PasswordInput', example: { password: 'a longer passphrase', current: 'a long passphrase' } });
export type PasswordInput = z.infer<typeof PasswordInput>;

export const RemovePasswordInput = z.object({ current: CurrentPassword }).meta({ id: 'RemovePasswordInput' });
export type RemovePasswordInput = z.infer<typeof RemovePasswordInput>;

export const SignedIn = z.object({ token: z.string(), expiresAt: Timestamp, user: Account }).meta({
  id: 'SignedIn',
  description: 'The token goes into `Authorization: Bearer …` until it expires. The refresh token travels in an httpOnly cookie.',
});
export type SignedIn = z.infer<typeof SignedIn>;

export const SessionView = z
  .object({ id: z.string(), device: z.string().nullable(), createdAt: Timestamp, lastUsedAt: Timestamp, current: z.boolean() })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const SessionIdParams = z.object({ id: z.uuid({ error: 'This is not a session id.' }) });
