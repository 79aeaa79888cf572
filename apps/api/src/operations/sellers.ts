import {
  Cursor,
  FindSellersQuery,
  ListRatingsQuery,
  SellerPage,
  SellerPageData,
  SellerView,
  StoreInput,
  Storefront,
} from '@assay/contract';
import { findSellers, getSeller, getSellerPage, getStorefront, updateStore, type Context } from '@assay/core';
import { ById } from './inputs.ts';
import { get, mutation, query } from './operation.ts';

export const sellers = {
  storefront: query({ use: getStorefront, output: Storefront, as: 'anyone' }),
  find: query({
    use: findSellers,
    input: FindSellersQuery,
    output: SellerPage,
    as: 'anyone',
    rest: get('/sellers', 'Find sellers', { cache: 'public' }),
  }),
  get: query({
    use: (ctx: Context, { id }: ById) => getSeller(ctx, id),
    input: ById,
    output: SellerView,
    as: 'anyone',
    rest: get('/sellers/:id', 'A seller', { cache: 'public', errors: [404] }),
  }),
  page: query({
    use: getSellerPage,
    input: ById.extend(ListRatingsQuery.shape).extend({ listings: Cursor.optional() }),
    output: SellerPageData,
    as: 'anyone',
  }),
  updateStore: mutation({ use: updateStore, input: StoreInput, output: SellerView, as: 'user' }),
};
