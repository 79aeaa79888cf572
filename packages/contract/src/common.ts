import { z } from 'zod';

/** Largest value of the database's INT. */
export const MAX_ID = 2_147_483_647;
const ID_MESSAGE = `An id is a whole number from 1 to ${MAX_ID}.`;

/** An id in a JSON body. */
export const Id = z.int({ error: ID_MESSAGE }).min(1, ID_MESSAGE).max(MAX_ID, ID_MESSAGE);

/** An id in a path or a query: digits only, so that "1e3", "0x1" and " 1" stay out. */
export const IdText = z
  .string({ error: ID_MESSAGE })
  .regex(/^[1-9]\d{0,9}$/, ID_MESSAGE)
  .transform(Number)
  .refine((id) => id <= MAX_ID, ID_MESSAGE)
  .meta({ override: { type: 'integer', minimum: 1, maximum: MAX_ID }, example: 1 });

/** A moment, ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime().meta({ example: '2026-11-22T09:30:00.000Z' });

/** Opaque: where the next page begins. */
export const Cursor = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_-]+$/, 'This cursor is not one of ours.');

/** Page size in a query string. */
export function limitText(fallback: number, max: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,3}$/, `The limit is a whole number from 1 to ${max}.`)
    .transform(Number)
    .refine((limit) => limit <= max, `The limit is a whole number from 1 to ${max}.`)
    .default(fallback)
    .meta({ override: { type: 'integer', minimum: 1, maximum: max, default: fallback } });
}

/** "true" or "false" in a query string. */
export const FlagText = z
  .enum(['true', 'false', '1', '0'], { error: 'Say true or false.' })
  .transform((value) => value === 'true' || value === '1');

/** RFC 9457 problem details, with a stable code, a sentence for people and the request's id. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
