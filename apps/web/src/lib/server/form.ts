import { z } from 'zod';
import { idOf } from './guards.ts';

/** The texts that a form sent under one name: none where the field is missing, as an unticked box is. */
const texts = z.array(z.string());

/** A text field; a missing one is empty. */
export const text = texts.transform(([value = '']) => value);
/** A text field that may be left empty: undefined then. */
export const optionalText = text.transform((value) => value || undefined);
/** A box that can be ticked. */
export const checkbox = texts.transform((values) => values.length > 0);
/** "true" or "false", as the value of a button. */
export const flag = text.transform((value) => value === 'true');
/** A number; NaN where the text is none, which the API refuses in its own words. */
export const number = text.transform((value) => (/^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : NaN));
/** An id; NaN where the text is none, as above. */
export const id = text.transform((value) => idOf(value) ?? NaN);
/** Several ids, each once; other values are left out. */
export const ids = texts.transform((values) => [...new Set(values.flatMap((value) => idOf(value) ?? []))]);

/** Parses a value by another schema, and takes its issues over. */
const parsedBy =
  <S extends z.ZodType>(schema: S) =>
  (value: unknown, ctx: z.RefinementCtx): z.output<S> => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) ctx.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  };

/** A field with the values that a schema of the contract allows: a choice, for instance. */
export const valueOf = <S extends z.ZodType>(schema: S) => text.transform(parsedBy(schema));

type Fields = Record<string, z.ZodType<unknown, string[]>>;

/** Reads a form field by field. Files are left out. */
export function formOf<F extends Fields>(fields: F) {
  return z
    .instanceof(FormData)
    .transform((form) =>
      Object.fromEntries(Object.keys(fields).map((name) => [name, form.getAll(name).filter((value) => typeof value === 'string')])),
    )
    .pipe(z.object(fields) as unknown as z.ZodType<{ [N in keyof F]: z.output<F[N]> }, Record<string, string[]>>);
}

/**
 * The same, where the fields together have to be what a schema of the contract describes.
 * @param shaped brings them into that shape first
 */
export const inputOf = <S extends z.ZodType, F extends Fields>(
  schema: S,
  fields: F,
  shaped: (values: { [N in keyof F]: z.output<F[N]> }) => unknown = (values) => values,
) => formOf(fields).transform(shaped).transform(parsedBy(schema));
