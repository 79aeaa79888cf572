import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { CountryCode } from './listing-details.ts';
import { postalProblem, REGION_COUNTRIES } from './postal-codes.ts';
import { text } from './text.ts';

/** Addresses that an account keeps. */
export const ADDRESSES_MAX = 20;

const optional = (name: string, max: number) =>
  text({ name, max })
    .transform((value) => value || null)
    .nullable()
    .default(null);

const FIELDS = {
  recipientName: text({ name: 'A name', min: 1, max: 100 }),
  line1: text({ name: 'A street', min: 1, max: 100 }),
  line2: optional('The second line', 100),
  postalCode: optional('A postal code', 20),
  city: text({ name: 'A city', min: 1, max: 100 }),
  region: optional('A state or province', 100).describe('A state or province, where the country’s addresses name one.'),
  country: CountryCode,
  phone: optional('A phone number', 30).describe('For the carrier.'),
};

/** Where a parcel goes. Postal code and region are checked by the rules of the country. */
export const AddressInput = z
  .object(FIELDS)
  .superRefine(({ postalCode, region, country }, ctx) => {
    const postal = postalProblem(postalCode, country);
    if (postal) ctx.addIssue({ code: 'custom', path: ['postalCode'], message: postal });
    if (region === null && REGION_COUNTRIES.has(country))
      ctx.addIssue({ code: 'custom', path: ['region'], message: 'Addresses in this country need a state or province.' });
  })
  .meta({
    id: 'AddressInput',
    example: { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' },
  });
export type AddressInput = z.infer<typeof AddressInput>;

const nullable = z.string().nullable();
/** Where the parcels of a checkout go, as it was then. */
export const DeliveryAddress = z
  .object({
    recipientName: z.string(),
    line1: z.string(),
    line2: nullable,
    postalCode: nullable,
    city: z.string(),
    region: nullable,
    country: z.string(),
    phone: nullable,
  })
  .meta({ id: 'DeliveryAddress' });
export type DeliveryAddress = z.infer<typeof DeliveryAddress>;

export const AddressView = DeliveryAddress.extend({ id: z.int(), createdAt: Timestamp }).meta({ id: 'Address' });
export type AddressView = z.infer<typeof AddressView>;

/** The one that was used last comes first. */
export const AddressList = z.object({ items: z.array(AddressView) }).meta({ id: 'AddressList' });
export type AddressList = z.infer<typeof AddressList>;

export const EditAddressInput = z.intersection(z.object({ id: Id }), AddressInput);
