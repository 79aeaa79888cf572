import { STRIKE_REASONS, type StrikeReason } from '@assay/contract';

/** What the moderator may insert into the statement of reasons, to add the facts of the case to it. */
export const strikeStatements: Record<StrikeReason, string> = {
  'personal-data': 'The comment contains details that identify a person. The rules forbid this without that person’s consent.',
  abusive:
    'The comment attacks a person instead of describing the purchase. The rules allow sharp criticism, but no insults and no threats.',
  'not-about-purchase': 'The comment says nothing about the goods, the delivery or the service of this purchase. The rules require it.',
  blackmail: 'Messages show that the stars were offered or demanded in exchange for money or goods. The rules forbid both.',
  fake: 'The order and the accounts show that there was no real purchase. The rules require one.',
  unlawful: 'The comment breaks the law, so it must not stand as a rating.',
};
export const DISMISS_STATEMENT = 'We read the rating and the reports. It describes a purchase and breaks no rule, so it stays and counts.';
export const RESTORE_STATEMENT = 'We looked at the rating again. It breaks no rule, so it is back and counts again.';

/** The rule of that name, if it is one. */
export const ruleNamed = (name: string | undefined): StrikeReason | null => STRIKE_REASONS.find((rule) => rule === name) ?? null;
