import {
  FindSellersQuery,
  Id,
  ListOrdersQuery,
  ListRatingsQuery,
  OrderMove,
  PlaceOrderInput,
  SessionIdParams,
  StoreInput,
} from '@assay/contract';
import {
  findSellers,
  getMe,
  getOrder,
  getSeller,
  getSellerPage,
  getStorefront,
  listOrders,
  listSellerListings,
  listSessions,
  moveOrder,
  placeOrder,
  revokeSession,
  updateStore,
} from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const ById = z.object({ id: Id });

export const accountsRouter = router({
  sessions: procedure.query(({ ctx }) => listSessions(ctx.ctx)),
  revokeSession: procedure.input(SessionIdParams).mutation(({ ctx, input }) => revokeSession(ctx.ctx, input.id)),
  me: procedure.query(({ ctx }) => (ctx.ctx.actor.kind === 'user' ? getMe(ctx.ctx) : null)),
});

export const sellersRouter = router({
  storefront: procedure.query(({ ctx }) => getStorefront(ctx.ctx)),
  find: procedure.input(FindSellersQuery).query(({ ctx, input }) => findSellers(ctx.ctx, input)),
  get: procedure.input(ById).query(({ ctx, input }) => getSeller(ctx.ctx, input.id)),
  page: procedure.input(ById.extend(ListRatingsQuery.shape)).query(({ ctx, input }) => getSellerPage(ctx.ctx, input)),
  listings: procedure.input(ById).query(({ ctx, input }) => listSellerListings(ctx.ctx, input.id)),
  updateStore: procedure.input(StoreInput).mutation(({ ctx, input }) => updateStore(ctx.ctx, input)),
});

export const ordersRouter = router({
  list: procedure.input(ListOrdersQuery).query(({ ctx, input }) => listOrders(ctx.ctx, input)),
  get: procedure.input(ById).query(({ ctx, input }) => getOrder(ctx.ctx, input.id)),
  place: procedure.input(PlaceOrderInput).mutation(({ ctx, input }) => placeOrder(ctx.ctx, input)),
  move: procedure.input(ById.extend({ move: OrderMove })).mutation(({ ctx, input }) => moveOrder(ctx.ctx, input)),
});
