import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..', '..');
/** What lies between a function that asks for a statement and the statement itself. */
const BETWEEN = /^packages\/database\/src\/(engine\/(database|sqlserver|statement-channel)\.ts$|generated\/)/;
const OF_TESTS = /^(tests|packages\/testing)\/|\.(test|spec)\.ts$/;
const REPOSITORY = /^packages\/database\/src\/repositories\//;

interface Frame {
  /** From the root of the project. */
  file: string;
  /** Null for a function without a name. */
  name: string | null;
}

/** `at async Object.place [as x] (file:///…/orders.ts:12:3)`, or a place alone. */
function frameOf(line: string, root: string): Frame[] {
  const [, called, place] = /^\s+at (?:async )?(?:(.*) \()?(.+?):\d+:\d+\)?$/.exec(line) ?? [];
  if (!place) return [];
  const file = path.relative(root, place.startsWith('file:') ? fileURLToPath(place) : place);
  if (file.startsWith('..') || path.isAbsolute(file) || /(^|\/)node_modules\//.test(file) || place.startsWith('node:')) return [];
  const name = called
    ?.replace(/ \[as .*\]$/, '')
    .split('.')
    .at(-1);
  return [{ file, name: name && name !== '<anonymous>' ? name : null }];
}

/**
 * The function of the product that asked for a statement, such as `repositories/orders.place`, from the stack of its call: the
 * innermost one of a repository, else the innermost one. Null where a test asked for it itself.
 */
export function senderOf(stack: string, root = ROOT): string | null {
  const frames = stack.split('\n').flatMap((line) => frameOf(line, root));
  const test = frames.findIndex(({ file }) => OF_TESTS.test(file));
  const product = (test === -1 ? frames : frames.slice(0, test)).filter(({ file }) => !BETWEEN.test(file));
  const sender = product.find(({ file }) => REPOSITORY.test(file)) ?? product[0];
  if (!sender) return null;
  const name = sender.name ?? product.find(({ file, name: outer }) => file === sender.file && outer !== null)?.name;
  const place = sender.file.replace(/^packages\/database\/src\//, '').replace(/\.\w+$/, '');
  return name ? `${place}.${name}` : place;
}
