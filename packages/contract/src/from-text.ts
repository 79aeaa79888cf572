import { z } from 'zod';

const WRAPPERS = new Set(['optional', 'nullable', 'default', 'prefault', 'nonoptional', 'readonly']);
type Inner = { innerType: z.ZodType };

/** The schema without optional, default and the like around it; the first one of a pipe. */
function innermost(schema: z.ZodType): z.ZodType {
  const { def } = schema;
  if (WRAPPERS.has(def.type)) return innermost((def as unknown as Inner).innerType);
  return def.type === 'pipe' ? innermost((def as unknown as { in: z.ZodType }).in) : schema;
}

/** Does a schema take numbers, or a choice of them? */
export const takesNumbers = (schema: z.ZodType): boolean =>
  schema.def.type === 'number' || (schema instanceof z.ZodLiteral && [...schema.values].every((value) => typeof value === 'number'));

/** A number in its shortest form: "1e3", "0x1", "01", "1.0" and " 1" stay text, which the schema refuses. */
function readNumber(text: unknown): unknown {
  const value = typeof text === 'string' && Number(text);
  return Number.isFinite(value) && String(value) === text ? value : text;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };
const readBoolean = (text: unknown): unknown => (typeof text === 'string' && Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : text);

/**
 * How the text of a path or a query string becomes the value that a schema takes. Text that is none stays as it is, so that the
 * schema refuses it with its own sentence.
 */
export function fromText(schema: z.ZodType): (text: unknown) => unknown {
  const inner = innermost(schema);
  if (takesNumbers(inner)) return readNumber;
  return inner.def.type === 'boolean' ? readBoolean : (text) => text;
}
