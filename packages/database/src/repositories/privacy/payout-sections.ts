import { by, part, section, type Section } from './section.ts';

/** How a seller is paid out, and what was. */
export const PAYOUTS: readonly Section[] = [
  section('payout-account', 'PayoutAccounts', {
    fields: {
      sellerId: 't.SellerId',
      provider: 't.Provider',
      reference: 't.Reference',
      state: 't.State',
      missing: 't.Missing',
      country: 't.Country',
      currency: 't.Currency',
      masked: 't.Masked',
      confirmedAt: 't.ConfirmedAt',
      stoppedAt: 't.StoppedAt',
    },
    whose: by('SellerId'),
    key: 'sellerId',
  }),
  section('payout-settings', 'PayoutSettings', {
    fields: { sellerId: 't.SellerId', schedule: 't.Schedule', nextAt: 't.NextAt', heldReason: 't.HeldReason', returnedAt: 't.ReturnedAt' },
    whose: by('SellerId'),
    key: 'sellerId',
  }),
  section('payouts', 'Payouts', {
    fields: {
      id: 't.Id',
      amountMinor: 't.AmountMinor',
      currency: 't.Currency',
      status: 't.Status',
      reference: 't.Reference',
      destination: 't.Masked',
      reason: 't.Reason',
      createdAt: 't.CreatedAt',
      sentAt: 't.SentAt',
      settledAt: 't.SettledAt',
    },
    whose: by('SellerId'),
    key: 'id',
    parts: [
      part('lines', 'PayoutLines', { fields: { entryId: 't.EntryId', line: 't.Line' }, of: 'PayoutId', order: 'EntryId' }),
      part('calls', 'PayoutCalls', {
        fields: { kind: 't.Kind', provider: 't.Provider', account: 't.Account', reference: 't.Reference', status: 't.Status' },
        of: 'PayoutId',
        order: 'Kind',
      }),
    ],
  }),
];
