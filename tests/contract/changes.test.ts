import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { FACT_NAMES, FACTS, TASK_NAMES } from '@assay/contract';
import { REACTIONS, TASKS } from '@assay/core';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const CORE = path.join(ROOT, 'packages/core/src');
const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const parse = (name: string, text: string) => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
const sources = files.map((name) => parse(name, readFileSync(path.join(CORE, name), 'utf8')));

/** Every node of a kind below a node. */
function all<T extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (each: ts.Node): void => {
    if (is(each)) found.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return found;
}

const isReference = ({ parent, ...node }: ts.Identifier) =>
  !(ts.isPropertyAccessExpression(parent) && parent.name.pos === node.pos) && !ts.isPropertyAssignment(parent);

/** Where the work of a change, or a function that gets a `Tx`, names the outer context. */
function outerContexts(source: ts.SourceFile): string[] {
  const named = (node: ts.Node) => all(node, ts.isIdentifier).filter((id) => id.text === 'ctx' && isReference(id));
  const works = all(source, ts.isCallExpression)
    .filter(({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === 'change')
    .flatMap(({ arguments: given }) => given);
  const helpers = all(source, ts.isFunctionLike).filter(({ parameters }) => parameters.some(({ type }) => type?.getText() === 'Tx'));
  const places = [...works, ...helpers].flatMap(named).map((id) => source.getLineAndCharacterOfPosition(id.pos).line + 1);
  return [...new Set(places)].map((line) => `${source.fileName}:${line}`);
}

describe('a change', () => {
  it('never names the outer context: what leaves the process stays outside', () => {
    expect(sources.flatMap(outerContexts)).toEqual([]);
    expect(sources.flatMap((source) => all(source, ts.isIdentifier).filter(({ text }) => text === 'change')).length).toBeGreaterThan(50);
    const wrong = `
      export const a = (ctx: Context) => ctx.change(async (tx) => { await ctx.services.mailer.send(tx.at); });
      function b(tx: Tx, ctx: Context) { return ctx.now(); }
      export const right = (ctx: Context) => ctx.change((tx) => other(tx, { ctx: 1 }));`;
    expect(outerContexts(parse('wrong.ts', wrong))).toEqual(['wrong.ts:2', 'wrong.ts:3']);
  });
});

describe('the kernel', () => {
  it('imports no feature, types included', () => {
    const imports = (source: ts.SourceFile) =>
      all(source, ts.isImportDeclaration).map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
    const kernel = sources.filter(({ fileName }) => fileName.startsWith('kernel'));
    expect(kernel.length).toBeGreaterThan(5);
    expect(kernel.flatMap(imports).filter((from) => from !== '@assay/contract' && !from.startsWith('./'))).toEqual([]);
  });
});

describe('facts', () => {
  const published = sources.flatMap((source) =>
    all(source, ts.isCallExpression)
      .filter(({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === 'publish')
      .map(({ arguments: [name] }) => name!.getText()),
  );
  /** `rating.${action}` stands for every name that begins so. */
  const publishes = (name: string) =>
    published.some((text) => text === `'${name}'` || (text.startsWith('`') && name.startsWith(text.slice(1, text.indexOf('$')))));

  it.each(FACT_NAMES)('%s is published by a use case, and something hears of it', (name) => {
    expect(publishes(name)).toBe(true);
    const { cache, sessions, live, count, within } = REACTIONS[name];
    expect([cache, sessions, live, count, within].some((reaction) => reaction !== undefined)).toBe(true);
  });

  it('have strict payloads: a field that no schema names is refused', () => {
    for (const name of FACT_NAMES) expect([name, FACTS[name].payload.safeParse({ other: 1 }).success]).toEqual([name, false]);
  });

  it('of an order are heard by its buyer and its seller', () => {
    const parties = { orderId: 1, sellerId: 2, buyerId: 3 };
    const both = ['account:2', 'account:3'];
    expect(REACTIONS['order.placed'].live?.({ ...parties, listingId: 4 })).toEqual(both);
    expect(REACTIONS['order.moved'].live?.({ ...parties, from: 'placed', to: 'paid' })).toEqual(both);
    expect(REACTIONS['payment.failed'].live?.(parties)).toEqual(both);
  });
});

describe('tasks', () => {
  const enqueued = new Set(
    sources.flatMap((source) =>
      all(source, ts.isCallExpression)
        .filter(({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === 'enqueue')
        .map(({ arguments: [name] }) => name!.getText().slice(1, -1)),
    ),
  );
  /** Of older releases: such a task may still be in the queue. */
  const earlier = new Set<string>(['payment.capture', 'payment.refund']);
  it.each(TASK_NAMES)('%s is enqueued by a use case, and is attempted again after a pause', (name) => {
    if (!earlier.has(name)) expect(enqueued).toContain(name);
    const { attemptsMax, concurrency, retryAfterMs } = TASKS[name];
    expect(attemptsMax).toBeGreaterThan(1);
    expect(concurrency).toBeGreaterThan(0);
    expect(retryAfterMs(1)).toBeGreaterThan(0);
    expect(retryAfterMs(attemptsMax)).toBeGreaterThanOrEqual(retryAfterMs(1));
  });
});
