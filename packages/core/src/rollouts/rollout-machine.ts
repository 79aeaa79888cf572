import type { RolloutStatus } from '@assay/contract';
import type { StateMachine } from '../kernel/transition.ts';
import type { RolloutMove, RolloutRow } from './ports.ts';

/** How a rollout changes its state: from where it was read, with everything that its next state brings. */
export const ROLLOUT: StateMachine<RolloutRow, { move: Omit<RolloutMove, 'status'>; action: RolloutStatus | 'resumed' }> = {
  update: (tx, row, status, { move }) => tx.repos.rollouts.transition(row, { ...move, status }),
  async record(tx, { id, flag, phases, phase }, _to, { move, action }) {
    await tx.audit(`rollout.${action}`, 'rollout', id, { flag, phase: phases[move.phase ?? phase], why: move.message });
    await tx.publish('rollout.changed', { rolloutId: id, flag });
  },
};
