import { SOCIAL_NETWORK_NAMES, type ProfileInput } from '@assay/contract';
import { textOf } from './form.ts';

/** What a form of a profile says; with `full`, also where else the seller is found. */
export function profileOf(form: FormData, full: boolean): ProfileInput {
  const short = { fullName: textOf(form, 'fullName'), bio: textOf(form, 'bio'), location: textOf(form, 'location') };
  if (!full) return short;
  return {
    ...short,
    website: textOf(form, 'website'),
    contactEmail: textOf(form, 'contactEmail'),
    showContactEmail: form.get('showContactEmail') === 'yes',
    socialLinks: Object.fromEntries(SOCIAL_NETWORK_NAMES.map((network) => [network, textOf(form, `social-${network}`)])),
  };
}
