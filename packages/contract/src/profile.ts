import { z } from 'zod';
import { Email } from './accounts.ts';
import { SOCIAL_NETWORKS, SOCIAL_NETWORK_NAMES, type SocialNetwork } from './onboarding-choices.ts';
import { SocialLinks } from './seller-about.ts';
import { StoreInput } from './sellers.ts';

const WEBSITE_MESSAGE = 'A website is an address that begins with https://.';
const LINK_MAX = 300;
const HANDLE = /^@?[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;

/** An https address with a host name of its own, without a name or a password in it; null when it is none. */
function httpsUrl(text: string): URL | null {
  const url = text.length <= LINK_MAX && !/\s/.test(text) ? URL.parse(text) : null;
  const isPublic = url?.protocol === 'https:' && url.hostname.includes('.') && !/^[\d.]+$/.test(url.hostname) && url.port === '';
  return url && isPublic && url.username === '' && url.password === '' ? url : null;
}

/** Of the seller; empty takes it away. */
const Website = z
  .string({ error: WEBSITE_MESSAGE })
  .trim()
  .max(LINK_MAX, WEBSITE_MESSAGE)
  .refine((value) => value === '' || httpsUrl(value) !== null, WEBSITE_MESSAGE)
  .transform((value) => (value === '' ? null : httpsUrl(value)!.href))
  .pipe(z.string().max(LINK_MAX, WEBSITE_MESSAGE).nullable())
  .nullable()
  .meta({ override: { type: ['string', 'null'], maxLength: LINK_MAX, example: 'https://kiln.example' } });

/** The address of a seller at a network, from a name there ("kiln", "@kiln") or an address of it; null when it is neither. */
export function socialAddress(network: SocialNetwork, text: string): string | null {
  const { hosts, before } = SOCIAL_NETWORKS[network];
  if (HANDLE.test(text) && !/^https?$/i.test(text)) {
    const known = hosts.some((host) => text.toLowerCase().endsWith(host));
    return known ? null : before + encodeURIComponent(text.replace(/^@/, ''));
  }
  const url = httpsUrl(text);
  if (!url || url.pathname === '/') return null;
  return hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
    ? `${url.origin}${url.pathname}`.slice(0, LINK_MAX)
    : null;
}

const socialField = (network: SocialNetwork) => {
  const { label } = SOCIAL_NETWORKS[network];
  const message = `Write your name at ${label}, or its address there that begins with https://.`;
  return z
    .string({ error: message })
    .trim()
    .max(LINK_MAX, message)
    .refine((value) => value === '' || socialAddress(network, value) !== null, message)
    .transform((value) => (value === '' ? null : socialAddress(network, value)))
    .nullable()
    .optional()
    .meta({ override: { type: ['string', 'null'], maxLength: LINK_MAX } });
};

/** By network: a name there or an address of it. Those that are left out are taken away. */
const SocialLinksInput = z.object(
  Object.fromEntries(SOCIAL_NETWORK_NAMES.map((network) => [network, socialField(network)])) as Record<
    SocialNetwork,
    ReturnType<typeof socialField>
  >,
);

/** What a seller says of themselves. What is left out stays as it is. */
export const ProfileInput = z
  .object({
    ...StoreInput.shape,
    contactEmail: z
      .union([z.literal('').transform(() => null), Email])
      .nullable()
      .describe('For buyers; empty takes it away.'),
    showContactEmail: z.boolean({ error: 'Say whether it is shown.' }).describe('Whether everybody sees the contact e-mail.'),
    website: Website,
    socialLinks: SocialLinksInput,
  })
  .partial();
export type ProfileInput = z.input<typeof ProfileInput>;
/** The same as it was understood. */
export type ProfileChange = z.output<typeof ProfileInput>;

/** A seller's own profile, to be changed. */
export const OwnProfile = z
  .object({
    sellerId: z.int(),
    /** False for who has no store yet: saving opens it. */
    isSeller: z.boolean(),
    displayName: z.string(),
    bio: z.string().nullable(),
    location: z.string().nullable(),
    contactEmail: z.string().nullable(),
    showContactEmail: z.boolean(),
    website: z.string().nullable(),
    socialLinks: SocialLinks,
  })
  .meta({ id: 'OwnProfile' });
export type OwnProfile = z.infer<typeof OwnProfile>;
