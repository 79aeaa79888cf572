import { AddressInput, type AddressView } from '@assay/contract';
import { inputOf, optionalText, text } from './form.ts';

/** How the fields of AddressFields are read. */
export const ADDRESS_FIELDS = {
  recipientName: text,
  line1: text,
  line2: optionalText,
  postalCode: optionalText,
  city: text,
  region: optionalText,
  country: text,
  phone: optionalText,
};

export const AddressForm = inputOf(AddressInput, ADDRESS_FIELDS);

/** An address as the fields hold it. */
export const addressValues = (address: AddressView): Record<string, string> =>
  Object.fromEntries(Object.entries(address).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
