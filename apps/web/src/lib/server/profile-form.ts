import { SOCIAL_NETWORK_NAMES, type SocialNetwork } from '@assay/contract';
import { checkbox, formOf, text } from './form.ts';

const SHORT = { fullName: text, bio: text, location: text };
const fieldOf = <Name extends SocialNetwork>(network: Name) => `social-${network}` as const;
const NETWORKS = Object.fromEntries(SOCIAL_NETWORK_NAMES.map((network) => [fieldOf(network), text]));

/** The short form of a profile, for opening a store. */
export const ShortProfileForm = formOf(SHORT);

/** The whole profile, with where else the seller is found. */
export const ProfileForm = formOf({ ...NETWORKS, ...SHORT, website: text, contactEmail: text, showContactEmail: checkbox }).transform(
  (fields) => {
    const { fullName, bio, location, website, contactEmail, showContactEmail } = fields;
    const socialLinks = Object.fromEntries(
      SOCIAL_NETWORK_NAMES.map((network) => [network, String((fields as Record<string, unknown>)[fieldOf(network)])]),
    );
    return { fullName, bio, location, website, contactEmail, showContactEmail, socialLinks };
  },
);
