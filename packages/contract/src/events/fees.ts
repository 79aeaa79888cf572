import { fact, id } from './fact.ts';

export const FEE_FACTS = {
  /** A rule was added, ended or taken back. */
  'commission-rule.changed': fact({ ruleId: id }, ({ ruleId }) => ruleId),
  'tax-details.changed': fact({ userId: id }, ({ userId }) => userId),
};
