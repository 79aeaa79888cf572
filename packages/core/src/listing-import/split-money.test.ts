import { describe, expect, it } from 'vitest';
import { readContent } from './cells.ts';
import { splitMoney } from './split-money.ts';

const messages = ({ errors }: ReturnType<typeof readContent>) => errors.map(({ column, message }) => `${column}: ${message}`);

describe('money in a cell', () => {
  it.each([
    ['86.00 EUR', '86.00', 'EUR'],
    ['€ 9,90', '9,90', 'EUR'],
    ['£5', '5', 'GBP'],
    ['US $12.00', '12.00', 'USD'],
    ['12 zł', '12', 'PLN'],
    ['chf 12', '12', 'CHF'],
  ])('%s is in one currency', (cell, amount, currency) => {
    expect(splitMoney(cell)).toEqual({ amount, currencies: [currency] });
  });

  it.each(['12.00', 'about 12', '$12 USD', '12 call', ''])('%j names none', (cell) => {
    expect(splitMoney(cell)).toEqual({ amount: cell, currencies: [] });
  });

  it('a sign of several currencies means the assumed one where it can, and is never taken for another', () => {
    expect(readContent({ price: '$12.00' }, 'USD')).toEqual({ content: { priceE8: 1_200_000_000n, currency: 'USD' }, errors: [] });
    expect(readContent({ price: '12 $' }, 'CAD').content.currency).toBe('CAD');
    expect(readContent({ price: '¥ 1200' }, 'CNY').content.currency).toBe('CNY');
    for (const assumed of ['EUR', 'JPY', null] as const) {
      const read = readContent({ price: '$12.00' }, assumed);
      expect([read.content.currency, ...messages(read)]).toEqual([undefined, 'price: The price may be in USD or CAD: name its currency.']);
    }
    expect(readContent({ price: '$12.00', currency: 'AUD' }, 'EUR')).toMatchObject({ content: { currency: 'AUD' }, errors: [] });
    expect(messages(readContent({ price: '$12.00', currency: 'EUR' }, 'USD'))).toEqual([
      'price: The price is in USD, the currency is EUR.',
    ]);
    expect(readContent({ price: '£5' }, 'EUR').content.currency).toBe('GBP');
  });

  it('the price of shipping is in the currency of the listing', () => {
    const shipping = { ships_from: 'PT', handling_days_min: '1', handling_days_max: '2', ships_to: 'PT', pickup: 'no' };
    const read = (price: string, shippingPrice: string, assumed: 'EUR' | 'USD' | null = null, currency?: string) =>
      readContent({ price, shipping_price: shippingPrice, ...shipping, ...(currency && { currency }) }, assumed);
    expect(read('12 EUR', '€ 6,50')).toMatchObject({ content: { currency: 'EUR', shippingInfo: { price: '6.50' } }, errors: [] });
    expect(read('US $12', '$6.50').errors).toEqual([]);
    expect(read('12', 'free', 'EUR').content.shippingInfo?.price).toBe('free');
    expect(messages(read('12', 'US $6.50', null, 'EUR'))).toEqual([
      'shipping_price: The price of shipping is in USD, the currency is EUR.',
    ]);
    expect(messages(read('12 EUR', '$6.50'))).toEqual(['shipping_price: The price of shipping is in USD, the currency is EUR.']);
    expect(messages(read('12', '6.50 GBP', 'EUR'))).toEqual(['shipping_price: The price of shipping is in GBP, the currency is EUR.']);
  });
});
