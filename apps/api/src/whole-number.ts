import { z } from 'zod';

/** A variable that is a whole number, both ends included. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `is a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `is a whole number from ${min} to ${max}`);

/** The same with a default. */
export const whole = (fallback: number, min: number, max: number) => wholeNumber(min, max).default(fallback);
