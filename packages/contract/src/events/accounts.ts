import { fact, id } from './fact.ts';

const ofUser = ({ userId }: { userId: number }) => userId;

export const ACCOUNT_FACTS = {
  /** Sessions of an account ended: by signing out, or because a right was taken away. */
  'session.ended': fact({ userId: id }, ofUser),
  /** Other roles, or disabled, or enabled again. */
  'account.changed': fact({ userId: id }, ofUser),
};
