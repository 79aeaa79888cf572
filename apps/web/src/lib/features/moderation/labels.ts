import { ERRORS, type Conflict, type DecisionView, type ReportReason, type StrikeReason } from '@assay/contract';

/** Why a rating may be reported, as a sentence. */
export const reportLabels: Record<ReportReason, string> = {
  'personal-data': 'It gives away personal data.',
  abusive: 'It insults or threatens a person.',
  'not-about-purchase': 'It is not about the purchase.',
  blackmail: 'Stars were traded for money or goods.',
  fake: 'It does not come from a real purchase.',
  other: 'Something else.',
};

/** Why a rating was struck out, as a sentence: the rules, nothing else. */
export const strikeLabels: Record<StrikeReason, string> = {
  'personal-data': 'It gave away personal data.',
  abusive: 'It insulted or threatened a person.',
  'not-about-purchase': 'It was not about the purchase.',
  blackmail: 'Stars were traded for money or goods.',
  fake: 'It did not come from a real purchase.',
  unlawful: 'It broke the law.',
};

/** Why the admin who looks cannot decide. */
export const conflictLabels: Record<Conflict, string> = { OWN_CASE: ERRORS.OWN_CASE.message, OWN_DECISION: ERRORS.OWN_DECISION.message };

const decisionLabels: Record<DecisionView['action'], string> = {
  struck: 'Struck out: it no longer counts.',
  restored: 'Restored: it counts again.',
  dismissed: 'Reports dismissed: it stays as it is.',
  'appeal-granted': 'Appeal granted: it counts again.',
  'appeal-denied': 'Appeal denied: the decision stands.',
};

/** What a moderator decided, as a sentence. An appeal that was granted with a rule struck the rating out. */
export const decisionSentence = ({ action, reason }: Pick<DecisionView, 'action' | 'reason'>): string =>
  action === 'appeal-granted' && reason ? 'Appeal granted: it no longer counts.' : decisionLabels[action];
