import { z } from 'zod';

/** Largest value of the database's INT. */
export const MAX_ID = 2_147_483_647;
const ID_MESSAGE = `An id is a whole number from 1 to ${MAX_ID}.`;

export const Id = z.int({ error: ID_MESSAGE }).min(1, ID_MESSAGE).max(MAX_ID, ID_MESSAGE);

/** A moment, ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime().meta({ example: '2026-11-22T09:30:00.000Z' });

/** Opaque: where the next page begins. */
export const Cursor = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_-]+$/, 'This cursor is not one of ours.');

/** How many items a page has. */
export function pageSize(fallback: number, max: number) {
  const message = `The limit is a whole number from 1 to ${max}.`;
  return z.int({ error: message }).min(1, message).max(max, message).default(fallback);
}

/** Yes or no in a filter. */
export const Flag = z.boolean({ error: 'Say true or false.' });

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
