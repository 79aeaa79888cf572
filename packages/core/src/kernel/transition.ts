import type { Tx } from './context.ts';
import { Raced } from './raced.ts';

/** How the rows of one kind change their state: see {@link transition}. */
export interface StateMachine<Row extends { status: string }, Detail> {
  /** UPDATE … WHERE the status is the one that was read, and the row of the history. False when it is in another state. */
  update: (tx: Tx, row: Row, to: Row['status'], detail: Detail) => Promise<boolean>;
  /** Publishes the fact, and writes the audit record where there is one. */
  record: (tx: Tx, row: Row, to: Row['status'], detail: Detail) => Promise<void>;
}

/**
 * The one way in which a state changes: the conditional UPDATE with its history row, then audit and fact, in the open change.
 * Whether the transition is legal, and for whom, is the feature's rule and decided before.
 * @param row as it was read in the same change
 * @throws Raced when the row is not in the state that was read
 */
export async function transition<Row extends { status: string }, Detail>(
  tx: Tx,
  machine: StateMachine<Row, Detail>,
  row: Row,
  to: Row['status'],
  detail: Detail,
): Promise<void> {
  if (!(await machine.update(tx, row, to, detail))) throw new Raced();
  await machine.record(tx, row, to, detail);
}
