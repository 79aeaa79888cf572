import { z } from 'zod';

/** A whole number within limits. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `is a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `is a whole number from ${min} to ${max}`);
/** The same, with a default. */
export const whole = (fallback: number, min: number, max: number) => wholeNumber(min, max).default(fallback);
/** true or false. */
export const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'], { error: 'is true or false' })
    .transform((value) => value === 'true')
    .default(fallback);
