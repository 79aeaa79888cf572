import { readFileSync } from 'node:fs';
import { VARIABLES } from '@assay/api';
import { ORDER_MOVES, ORDER_STATUSES } from '@assay/contract';
import { DEADLINES, MOVES, type OrderTimes } from '@assay/core';
import { expect, it } from 'vitest';

const DOCUMENT = readFileSync('docs/orders.md', 'utf8');
/** The variable that sets a time: paymentMs is ORDER_PAYMENT_MINUTES. */
const variableOf = (time: keyof OrderTimes) => VARIABLES.find((name) => name.startsWith(`ORDER_${time.slice(0, -2).toUpperCase()}_`));

it('docs/orders.md describes the states, moves and deadlines that the table declares', () => {
  const rows = DOCUMENT.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^`[a-z]+`$/.test(cells[1] ?? '') && cells.length === 6 ? [[cells[1], cells[3], cells[4]]] : [];
  });
  const expected = ORDER_STATUSES.map((status) => {
    const moves = (['buyer', 'seller'] as const).flatMap((party) => {
      const own = ORDER_MOVES.filter((move) => MOVES[move].by.includes(party) && MOVES[move].from.includes(status));
      return own.length > 0 ? [`${party}: ${own.join(', ')}`] : [];
    });
    const deadline = DEADLINES[status];
    return [`\`${status}\``, moves.join('; '), deadline ? `\`${deadline.to}\` after \`${variableOf(deadline.after)}\`` : ''];
  });
  expect(rows).toEqual(expected);
});
