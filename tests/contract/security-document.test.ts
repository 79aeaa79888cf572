import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { describe, expect, it } from 'vitest';

const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
/** The cells of each row of a document's tables, without their heads. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^\| (?!-|Number|Finding|Kind|Fault)/.test(line.replaceAll('|---', '| -')))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')))
    .map(([, ...cells]) => cells.slice(0, -1));

/** What is wrong with the tests that a cell names: files in backquotes, after each of them titles behind "›". */
function faultsOf(cell: string): string[] {
  if (cell === '–') return [];
  let file = '';
  return cell.split('; ').flatMap((part) => {
    const [, named, title] = /^(?:`([^`]+)` )?› (.+)$/.exec(part) ?? [];
    if (named) file = named;
    if (!title) return `not a test: ${part}`;
    if (!existsSync(path.join(ROOT, file))) return `no such file: ${file}`;
    return textOf(file).replaceAll("\\'", "'").includes(title) ? [] : `${file} has no test "${title}"`;
  });
}

describe('docs/security.md', () => {
  const text = textOf('docs/security.md');
  const sections = text.split('\n## ');
  const [requirements, findings] = ['Requirements', 'Findings'].map((name) => rowsOf(sections.find((one) => one.startsWith(name))!)) as [
    string[][],
    string[][],
  ];

  it('has each requirement of levels 1 and 2 once, in order', () => {
    expect(requirements.map(([number, level]) => `${number} ${level}`)).toEqual(textOf('tests/contract/asvs-5.0.txt').trim().split('\n'));
  });

  it('says how each one is met, by which test, or why it is not', () => {
    for (const [number, , how, test] of requirements) {
      expect(how, number).toMatch(/^((Not applicable|Operator|Not met): )?\S.{5,}$/);
      expect([number, faultsOf(test!)]).toEqual([number, []]);
      if (/^(Not applicable|Operator|Not met)/.test(how!)) expect([number, test]).toEqual([number, '–']);
    }
  });

  it('counts them rightly', () => {
    const of = (state: string) => requirements.filter(([, , how]) => how!.startsWith(`${state}: `)).length;
    const [na, operator, open] = [of('Not applicable'), of('Operator'), of('Not met')];
    const met = requirements.length - na - operator - open;
    expect(text).toContain(`${met} requirements are met, ${na} do not apply, ${operator} are the operator's, ${open} are not met.`);
  });

  it('has a line for each finding', () => {
    const ids = [
      ...Array.from({ length: 22 }, (_, i) => `F${i + 1}`),
      ...[1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16].map((n) => `L${n}`),
    ];
    expect(findings.map(([id]) => id)).toEqual(ids);
    for (const [id, state, test] of findings) {
      expect(state, id).toMatch(/^(Mended|Partly mended: .+|Not mended: .+|Mended: .+)$/);
      expect([id, faultsOf(test!)]).toEqual([id, []]);
    }
  });
});

it('docs/reviews.md has a line for each finding of the other reviews, and its tests are there', () => {
  const sections = textOf('docs/reviews.md').split('\n## ').slice(1).map(rowsOf);
  expect(sections.map((rows) => rows.map(([id]) => id))).toEqual(
    [30, 30, 60].map((count) => Array.from({ length: count }, (_, i) => String(i + 1))),
  );
  for (const [id, state, test] of sections.flat()) {
    expect(state, id).toMatch(/^(Mended|Partly mended: .+|Not mended: .+|Mended: .+)$/);
    expect([id, faultsOf(test!)]).toEqual([id, []]);
  }
});
