import { z } from 'zod';
import { fact, id } from './fact.ts';

export const OPERATIONS_FACTS = {
  /** Null: every seller. */
  'cache.cleared': fact({ sellerId: id.nullable() }, ({ sellerId }) => sellerId ?? 0),
  /** A run of verification or recalculation; null: one seller was repaired at once. */
  'maintenance.progress': fact({ runId: id.nullable() }, ({ runId }) => runId ?? 0),
  'alert.changed': fact({ alertId: id }, ({ alertId }) => alertId),
  'flag.changed': fact({ changeId: id, flag: z.string() }, ({ changeId }) => changeId),
  'rollout.changed': fact({ rolloutId: id, flag: z.string() }, ({ rolloutId }) => rolloutId),
};
