import { z } from 'zod';

/** A fact: the schema of its payload, and whom `OutboxEvents.SubjectId` names, by which rows are found; 0 where it is all of them. */
export interface FactDefinition<P extends z.ZodType = z.ZodType> {
  payload: P;
  subject: (payload: z.output<P>) => number;
}

/** Payloads have exactly these fields: a field that no schema names is a mistake of the publisher. */
export function fact<S extends z.ZodRawShape>(
  shape: S,
  subject: (payload: z.output<z.ZodObject<S, z.core.$strict>>) => number,
): FactDefinition<z.ZodObject<S, z.core.$strict>> {
  return { payload: z.strictObject(shape), subject };
}

/** A row's id in a payload. */
export const id = z.int().positive();
