import { AddressInput, type AddressView } from '@assay/contract';
import { inputOf, optionalText, text } from './form.ts';

/** The fields of AddressFields. */
export const AddressForm = inputOf(AddressInput, {
  recipientName: text,
  line1: text,
  line2: optionalText,
  postalCode: optionalText,
  city: text,
  region: optionalText,
  country: text,
  phone: optionalText,
});

/** An address as the fields hold it. */
export const addressValues = (address: AddressView): Record<string, string> =>
  Object.fromEntries(Object.entries(address).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
