import { part } from './section.ts';

/** What an export has with each order. */
export const ORDER_PARTS = [
  part('items', 'OrderItems', {
    fields: { listingId: 't.ListingId', title: 't.Title', category: 't.Category', unitPriceE8: 't.UnitPriceE8', quantity: 't.Quantity' },
    of: 'OrderId',
    order: 'Id',
  }),
  part('cancelledItems', 'CancelledItems', {
    fields: { itemId: 't.ItemId', quantity: 't.Quantity', actorId: 't.ActorId', reason: 't.Reason', at: 't.At' },
    of: 'OrderId',
    order: 'Id',
  }),
  part('events', 'OrderEvents', {
    fields: { from: 't.FromStatus', to: 't.ToStatus', actorId: 't.ActorId', reason: 't.Reason', at: 't.At' },
    of: 'OrderId',
    order: 'Id',
  }),
  part('payments', 'Payments', {
    fields: { amountE8: 't.AmountE8', currency: 't.Currency', provider: 't.Provider', status: 't.Status', createdAt: 't.CreatedAt' },
    of: 'OrderId',
    order: 'OrderId',
  }),
  part('refunds', 'Refunds', {
    fields: {
      id: 't.Id',
      amountE8: 't.AmountE8',
      reason: 't.Reason',
      status: 't.Status',
      createdAt: 't.CreatedAt',
      settledAt: 't.UpdatedAt',
    },
    of: 'OrderId',
    order: 'Id',
  }),
  part('chargebacks', 'Chargebacks', {
    fields: {
      id: 't.Id',
      amountE8: 't.AmountE8',
      status: 't.Status',
      reason: 't.Reason',
      openedAt: 't.OpenedAt',
      withdrawnAt: 't.WithdrawnAt',
      reinstatedAt: 't.ReinstatedAt',
      closedAt: 't.ClosedAt',
    },
    of: 'OrderId',
    order: 'Id',
  }),
];
