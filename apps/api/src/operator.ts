import { COUNTRY_CODES } from '@assay/contract';
import type { Operator } from '@assay/core';
import { z } from 'zod';

const LIST = /^[A-Z]{2}(\s*,\s*[A-Z]{2})*$/;

/** The variables that say who operates the marketplace. */
export const operatorVariables = {
  OPERATOR_NAME: z.string().max(140, 'has 140 characters at most').optional(),
  OPERATOR_ADDRESS: z.string().max(400, 'has 400 characters at most').optional(),
  OPERATOR_COUNTRY: z
    .string()
    .refine((code) => COUNTRY_CODES.includes(code), 'is a country of two letters, such as DE')
    .optional(),
  OPERATOR_VAT_NUMBER: z
    .string()
    .regex(/^[A-Z0-9]{4,20}$/, 'is a VAT number without spaces, such as DE136695976')
    .optional(),
  OPERATOR_VAT_ABROAD: z.string().regex(LIST, 'is EU or countries of two letters, with commas between them').optional(),
};

const IDENTITY = ['OPERATOR_NAME', 'OPERATOR_ADDRESS', 'OPERATOR_COUNTRY'] as const;

/** An issuer has a name, an address and a country, or none of them. */
export function operatorProblems(given: Record<string, string | undefined>): string[] {
  const absent = IDENTITY.filter((name) => given[name] === undefined);
  const named = Object.keys(operatorVariables).some((name) => given[name] !== undefined);
  return named && absent.length > 0 ? [`${absent.join(', ')} must be set too: an invoice names its issuer`] : [];
}

/** So that development shows invoices. */
const SAMPLE: Operator = {
  name: 'Assay Sample Market',
  address: 'Example Street 1\n10115 Berlin',
  country: 'DE',
  vatNumber: 'DE136695976',
  vatAbroad: ['EU'],
};

/** Who operates the marketplace: the issuer of invoices. Null in production where it is not named. */
export function operatorOf(env: Partial<Record<keyof typeof operatorVariables, string>>, production: boolean): Operator | null {
  const { OPERATOR_NAME: name, OPERATOR_ADDRESS: address, OPERATOR_COUNTRY: country } = env;
  if (!name || !address || !country) return production ? null : SAMPLE;
  return {
    name,
    address: linesOf(address).join('\n'),
    country,
    vatNumber: env.OPERATOR_VAT_NUMBER ?? null,
    vatAbroad: linesOf(env.OPERATOR_VAT_ABROAD ?? ''),
  };
}

const linesOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
