import { fact, id } from './fact.ts';

export const FEE_FACTS = {
  /** A rule was added, ended or taken back. */
  'commission-rule.changed': fact({ ruleId: id }, ({ ruleId }) => ruleId),
  /** The file of a document can be downloaded. */
  'invoice.stored': fact({ invoiceId: id, orderId: id, sellerId: id, buyerId: id }, ({ sellerId }) => sellerId),
  'tax-details.changed': fact({ userId: id }, ({ userId }) => userId),
};
