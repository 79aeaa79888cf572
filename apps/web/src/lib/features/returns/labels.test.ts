import { RETURN_STATUSES } from '@assay/contract';
import { expect, it } from 'vitest';
import { paysLabel, returnEventLabel, returnNext, type ReturnViewer } from './labels.ts';

const view = { dueAt: '2026-12-07T00:00:00.000Z', amount: '12.50', currency: 'EUR', paused: false };

it('each side reads what happens next with a return, and until when', () => {
  const says = (status: (typeof RETURN_STATUSES)[number], viewer: ReturnViewer) =>
    returnNext({ ...view, status }, viewer).replaceAll('\u00A0', ' ');
  expect(says('accepted', 'buyer')).toBe('Send it back by 7 Dec 2026. You get € 12.50 when it arrives.');
  expect(says('sent', 'platform')).toBe('The seller confirms when it arrives. The buyer gets € 12.50 on 7 Dec 2026 otherwise.');
  expect(says('sent', 'seller')).toBe('Confirm when it arrives. The buyer gets € 12.50 on 7 Dec 2026 otherwise.');
  expect(returnNext({ ...view, status: 'accepted', paused: true }, 'buyer')).toContain('bank');
  for (const status of RETURN_STATUSES)
    for (const viewer of ['buyer', 'seller', 'platform'] as const) expect(says(status, viewer)).toMatch(/\.$/);
});

it('each side reads who did what, and who pays for sending it back', () => {
  expect(returnEventLabel({ action: 'request', by: 'buyer' }, 'buyer')).toBe('You asked for a return');
  expect(returnEventLabel({ action: 'accept', by: 'seller' }, 'platform')).toBe('The seller accepted the return');
  expect(returnEventLabel({ action: 'send', by: 'buyer' }, 'seller')).toBe('The buyer sent it back');
  expect(returnEventLabel({ action: 'expire', by: 'system' }, 'seller')).toBe('The time for the next step was over');
  expect(paysLabel({ paysShipping: 'seller' }, 'seller')).toBe('You pay for sending it back.');
  expect(paysLabel({ paysShipping: 'seller' }, 'buyer')).toBe('The seller pays for sending it back.');
});
