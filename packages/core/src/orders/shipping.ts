import { parsePriceE8, type ShippingInfo } from '@assay/contract';

/** The price of shipping one unit, in 1/100,000,000; zero where it is free, only picked up, or its seller says nothing of shipping. */
export const shippingPriceE8 = (info: ShippingInfo | null): bigint =>
  !info || info.price === 'free' || info.destinations.length === 0 ? 0n : parsePriceE8(info.price);

/**
 * The price of shipping for all that a buyer orders of one seller at once. They go in one parcel, which costs the highest price of them:
 * the others, and further units, add nothing.
 */
export const parcelPriceE8 = (items: readonly (ShippingInfo | null)[]): bigint =>
  items.reduce((highest, info) => {
    const price = shippingPriceE8(info);
    return price > highest ? price : highest;
  }, 0n);
