import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { Observe } from './observed.ts';

/** A diagnostics channel of Node: tests subscribe to it. Without a subscriber when a database is opened, nothing is published. */
export const STATEMENT_CHANNEL = 'assay:statement';

/** A statement on its way to the server. */
export interface SentStatement {
  /** Parameters stand in place of values. */
  sql: string;
  /** Stack of the call that asked for it; undefined where Prisma sends something by itself. */
  stack: string | undefined;
}

const statements = channel(STATEMENT_CHANNEL);
const callers = new AsyncLocalStorage<string>();
const STACK_DEPTH = 50;

/** Whether the channel has a subscriber. */
export const hasStatementSubscribers = (): boolean => statements.hasSubscribers;

/** Publishes each statement, with the stack of its caller. */
export const publishStatement: Observe = (_name, run, sql) => {
  if (sql !== undefined) statements.publish({ sql, stack: callers.getStore() } satisfies SentStatement);
  return run();
};

/** A Prisma client that remembers the stack of each call: Prisma sends the statement later, from a stack of its own. */
export function withCallStacks<Client extends object>(client: Client): Client {
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value === 'function' && key === '$transaction')
        return (work: (tx: object) => unknown, ...options: unknown[]): unknown =>
          Reflect.apply(value, target, [(tx: object) => work(withCallStacks(tx)), ...options]);
      if (typeof value === 'function') return (...args: unknown[]): unknown => runFromHere(Reflect.apply(value, target, args));
      return typeof value === 'object' && value !== null ? withCallStacks(value) : value; // the operations of a model
    },
  });
}

/** Prisma's promises start when they are awaited: then, too, the stack is the one of now. */
function runFromHere(promise: unknown): unknown {
  if (typeof promise !== 'object' || promise === null) return promise;
  const stack = currentStack();
  return new Proxy(promise, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (...args: unknown[]) => callers.run(stack, () => Reflect.apply(value, target, args)) : value;
    },
  });
}

function currentStack(): string {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_DEPTH;
  const { stack = '' } = new Error('Call of a statement');
  Error.stackTraceLimit = usual;
  return stack;
}
