import { DismissReportsInput, STRIKE_REASONS, StrikeInput } from '@assay/contract';
import { expect, it } from 'vitest';
import { DISMISS_STATEMENT, RESTORE_STATEMENT, strikeStatements } from './statements.ts';

it.each(STRIKE_REASONS)('the prepared statement for %s is one that can be sent', (reason) => {
  const statement = strikeStatements[reason];
  expect(StrikeInput.parse({ ratingId: 1, reason, statement }).statement).toBe(statement);
});

it.each([DISMISS_STATEMENT, RESTORE_STATEMENT])('%s', (statement) => {
  expect(DismissReportsInput.parse({ ratingId: 1, statement }).statement).toBe(statement);
});
