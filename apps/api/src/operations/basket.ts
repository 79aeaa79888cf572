import {
  AddressInput,
  AddressList,
  AddressView,
  BasketInput,
  BasketView,
  CheckoutInput,
  EditAddressInput,
  Id,
  OrderGroupView,
  QuoteInput,
  QuoteView,
} from '@assay/contract';
import {
  addAddress,
  countBasket,
  deleteAddress,
  editAddress,
  getBasket,
  getOrderGroup,
  getQuote,
  listAddresses,
  payOrderGroup,
  placeCheckout,
  putInBasket,
  removeFromBasket,
} from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { del, get, mutation, post, put, query } from './operation.ts';

/** What a buyer means to order. */
export const basket = {
  get: query({ use: getBasket, output: BasketView, as: 'user', rest: get('/basket', 'My basket, by currency and seller') }),
  count: query({
    use: countBasket,
    output: z.object({ count: z.int() }),
    as: 'user',
    rest: get('/basket/count', 'Units in my basket'),
  }),
  put: mutation({
    use: putInBasket,
    input: BasketInput,
    output: BasketView,
    as: 'user',
    rest: put('/basket/:listingId', 'Set how many of a listing are in my basket', {
      description: 'Nothing is reserved by it.',
      errors: [403, 404, 409],
    }),
  }),
  remove: mutation({
    use: removeFromBasket,
    input: z.object({ listingId: Id }),
    output: BasketView,
    as: 'user',
    rest: del('/basket/:listingId', 'Take a listing out of my basket'),
  }),
};

/** Where parcels go. */
export const addresses = {
  list: query({ use: listAddresses, output: AddressList, as: 'user', rest: get('/addresses', 'My address book') }),
  add: mutation({
    use: addAddress,
    input: AddressInput,
    output: AddressView,
    as: 'user',
    rest: post('/addresses', 'Add an address', { status: 201, errors: [409] }),
  }),
  edit: mutation({
    use: editAddress,
    input: EditAddressInput,
    output: AddressView,
    as: 'user',
    rest: put('/addresses/:id', 'Change an address', { description: 'Orders that were placed keep it as it was.', errors: [404] }),
  }),
  delete: mutation({
    use: deleteAddress,
    input: ById,
    as: 'user',
    rest: del('/addresses/:id', 'Delete an address', { status: 204, errors: [404] }),
  }),
};

export const checkout = {
  quote: mutation({
    use: getQuote,
    input: QuoteInput,
    output: QuoteView,
    as: 'user',
    rest: post('/checkout/quote', 'What an order costs now, by seller', {
      description:
        'Changes nothing. What is ordered of one seller goes in one parcel, which costs the highest shipping price of its listings.',
      errors: [403, 404],
    }),
  }),
  place: mutation({
    use: placeCheckout,
    input: CheckoutInput,
    output: OrderGroupView,
    as: 'user',
    rest: post('/checkout', 'Order: one order of each seller, for the prices of the quote', { status: 201, errors: [403, 404, 409] }),
  }),
  get: query({
    use: getOrderGroup,
    input: ById,
    output: OrderGroupView,
    as: 'user',
    rest: get('/checkout/:id', 'The orders of one checkout', { errors: [404] }),
  }),
  pay: mutation({
    use: payOrderGroup,
    input: ById,
    output: OrderGroupView,
    as: 'user',
    rest: post('/checkout/:id/pay', 'Pay the orders of a checkout that can be paid, by one payment (buyer)', {
      description: 'Where all of them are being paid already, nothing is begun: the answer is the checkout as it is.',
      errors: [404, 409],
    }),
  }),
};
