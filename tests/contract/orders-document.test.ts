import { readFileSync } from 'node:fs';
import { VARIABLES } from '@assay/api';
import { DISPUTE_MOVES, DISPUTE_STATUSES, ORDER_MOVES, ORDER_STATUSES, RETURN_MOVES, RETURN_STATUSES } from '@assay/contract';
import {
  DEADLINES,
  DISPUTE_DEADLINES,
  DISPUTE_RULES,
  DISPUTE_STEPS,
  MOVES,
  RETURN_DEADLINES,
  RETURN_RULES,
  type OrderTimes,
} from '@assay/core';
import { expect, it } from 'vitest';

const DOCUMENT = readFileSync('docs/orders.md', 'utf8');
/** The variable that sets a time: paymentMs is ORDER_PAYMENT_MINUTES. */
const variableOf = (time: keyof OrderTimes) => VARIABLES.find((name) => name.startsWith(`ORDER_${time.slice(0, -2).toUpperCase()}_`));

it('docs/orders.md describes the states, moves and deadlines that the table declares', () => {
  const rows = DOCUMENT.split('## Disputes')[0]!
    .split('\n')
    .flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return /^`[a-z]+`$/.test(cells[1] ?? '') && cells.length === 6 ? [[cells[1], cells[3], cells[4]]] : [];
    });
  const expected = ORDER_STATUSES.map((status) => {
    const moves = (['buyer', 'seller'] as const).flatMap((party) => {
      const own: string[] = ORDER_MOVES.filter((move) => MOVES[move].by.includes(party) && MOVES[move].from.includes(status));
      const { open } = DISPUTE_STEPS;
      if ((open.by as readonly string[]).includes(party) && (open.from as readonly string[]).includes(status)) own.push('dispute');
      return own.length > 0 ? [`${party}: ${own.join(', ')}`] : [];
    });
    const deadline = DEADLINES[status];
    return [`\`${status}\``, moves.join('; '), deadline ? `\`${deadline.to}\` after \`${variableOf(deadline.after)}\`` : ''];
  });
  expect(rows).toEqual(expected);
});

/** The moves of a cell, with their side. */
const movesOf = (cell = '') =>
  new Set(
    cell.split('; ').flatMap(
      (part) =>
        part
          .split(': ')[1]
          ?.split(', ')
          .map((move) => `${part.split(': ')[0]} ${move}`) ?? [],
    ),
  );

it('docs/orders.md describes the steps and deadlines of a dispute', () => {
  const [, section = ''] = DOCUMENT.split(/## (?:Disputes|Returns)/);
  const rows = section.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^`[a-z]+`$/.test(cells[1] ?? '') && cells.length === 6 ? [[cells[1], cells[3], /`(\w+)`/.exec(cells[4]!)?.[1]]] : [];
  });
  expect(rows.map(([status, moves, variable]) => [status, movesOf(moves), variable])).toEqual(
    DISPUTE_STATUSES.map((status) => [
      `\`${status}\``,
      new Set(
        DISPUTE_MOVES.flatMap((move) =>
          DISPUTE_RULES[move].from.includes(status) ? DISPUTE_RULES[move].by.map((party) => `${party} ${move}`) : [],
        ),
      ),
      DISPUTE_DEADLINES[status] ? variableOf(DISPUTE_DEADLINES[status]) : undefined,
    ]),
  );
});

it('docs/orders.md describes the steps and deadlines of a return', () => {
  const [, , section = ''] = DOCUMENT.split(/## (?:Disputes|Returns)/);
  const rows = section.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^`[a-z]+`$/.test(cells[1] ?? '') && cells.length === 6 ? [[cells[1], cells[3], cells[4]]] : [];
  });
  const variables: Partial<Record<keyof OrderTimes, string>> = { returnShippingMs: 'ORDER_RETURN_SHIPPING_DAYS' };
  expect(rows.map(([status, moves, end]) => [status, movesOf(moves), end])).toEqual(
    RETURN_STATUSES.map((status) => {
      const moves = RETURN_MOVES.filter((move) => RETURN_RULES[move].from.includes(status));
      const deadline = RETURN_DEADLINES[status];
      const end = deadline ? `\`${variables[deadline.after] ?? variableOf(deadline.after)}\`: ${deadline.to}` : '';
      return [`\`${status}\``, new Set(moves.map((move) => `${RETURN_RULES[move].by} ${move}`)), end];
    }),
  );
});
