import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { contactIn } from '@assay/contract';
import { expect, it } from 'vitest';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const LINES = read('tests/files/messages/contact-details.tsv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [kind: string, text: string]);
/** Not looked at while the patterns were written. */
const HELD_OUT = LINES.filter((_, i) => i % 2 === 1);

/** How many of what is held names contact details, and how much of what names them is held. */
function measure(lines: typeof LINES, threshold?: number): { precision: number; recall: number } {
  const held = lines.filter(([, text]) => contactIn(text, threshold) !== null);
  const right = held.filter(([kind]) => kind !== 'none').length;
  return { precision: right / held.length, recall: right / lines.filter(([kind]) => kind !== 'none').length };
}

it('the set has at least 500 different lines, of both kinds', () => {
  expect(new Set(LINES.map(([, text]) => text)).size).toBe(LINES.length);
  expect(LINES.length).toBeGreaterThanOrEqual(500);
  const without = LINES.filter(([kind]) => kind === 'none').length;
  expect(Math.min(without, LINES.length - without)).toBeGreaterThanOrEqual(250);
});

it.each([
  ['All', LINES],
  ['Every second line, which no pattern was changed for', HELD_OUT],
])('the figures of the document are true: %s', (name, lines) => {
  const { precision, recall } = measure(lines);
  const cut = (value: number) => (Math.floor(value * 100) / 100).toFixed(2);
  expect(read('docs/messages.md')).toContain(`| ${name} | ${lines.length} | ${cut(precision)} | ${cut(recall)} |`);
});

it('a lower threshold holds more, a higher one is surer', () => {
  const [low, usual, high] = [measure(LINES, 25), measure(LINES), measure(LINES, 80)];
  expect(low.recall).toBeGreaterThan(usual.recall);
  expect(high.precision).toBeGreaterThanOrEqual(usual.precision);
  expect(high.recall).toBeLessThan(usual.recall);
});
