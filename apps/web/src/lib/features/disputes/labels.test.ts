import type { DisputeEventView, DisputeView } from '@assay/contract';
import { expect, it } from 'vitest';
import { disputeEventLabel, disputeNext } from './labels.ts';

const event = (changed: Partial<DisputeEventView>): DisputeEventView => ({
  action: 'open',
  by: 'buyer',
  text: null,
  amount: null,
  outcome: null,
  at: '2026-01-01T00:00:00.000Z',
  ...changed,
});
const dispute = (changed: Partial<DisputeView>) =>
  ({ status: 'opened', dueAt: '2026-01-08T00:00:00.000Z', offer: null, currency: 'EUR', ...changed }) as DisputeView;

it('each side and an admin read who took a step', () => {
  expect(disputeEventLabel(event({}), 'EUR', 'buyer')).toBe('You opened the dispute');
  expect(disputeEventLabel(event({}), 'EUR', 'platform')).toBe('The buyer opened the dispute');
  expect(disputeEventLabel(event({ action: 'offer', by: 'seller', amount: '5.00' }), 'EUR', 'buyer')).toMatch(
    /^The seller offered to refund .*5/,
  );
  expect(disputeEventLabel(event({ action: 'decide', by: 'platform', outcome: 'none' }), 'EUR', 'platform')).toBe(
    'Assay decided: no refund',
  );
  expect(disputeEventLabel(event({ action: 'expire', by: 'system', outcome: 'full' }), 'EUR', 'seller')).toBe(
    'Closed when the time was over: a refund in full',
  );
});

it('each side reads what comes next, and what happens without an answer', () => {
  expect(disputeNext(dispute({}), 'seller')).toMatch(/^Answer by .*, or the buyer is refunded in full\.$/);
  expect(disputeNext(dispute({}), 'buyer')).toMatch(/Without an answer, you are refunded in full\.$/);
  expect(disputeNext(dispute({ status: 'answered' }), 'buyer')).toMatch(/After that, the dispute is closed without a refund\.$/);
  expect(disputeNext(dispute({ status: 'answered', offer: '5.00' }), 'seller')).toMatch(/After that, the offer counts as accepted\.$/);
});
