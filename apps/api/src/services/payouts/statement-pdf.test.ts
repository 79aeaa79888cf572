import type { PayoutLineView } from '@assay/contract';
import type { PayoutStatement } from '@assay/core';
import { expect, it } from 'vitest';
import { renderPdf } from '../pdf/render-pdf.ts';
import { statementContent } from './statement-pdf.ts';

const line: PayoutLineView = {
  kind: 'release',
  orderId: 7,
  at: '2026-11-03T09:00:00.000Z',
  gross: '50.00',
  fee: '5.00',
  vat: '0.95',
  debt: '0.00',
  amount: '44.05',
};
const statement: PayoutStatement = {
  payout: {
    id: 12,
    amount: '44.05',
    currency: 'EUR',
    status: 'paid',
    method: 'sepa',
    reference: 'ASSAY-12',
    masked: 'DE89 •••• 3000',
    isTest: false,
    reason: null,
    createdAt: '2026-11-10T05:00:00.000Z',
    sentAt: '2026-11-10T06:00:00.000Z',
    settledAt: '2026-11-11T06:00:00.000Z',
  },
  from: { name: 'Market Ltd', address: '1 High Street\nGermany', vatNumber: 'DE136695976' },
  to: { name: 'Inês Duarte', address: '', vatNumber: null },
  lines: [line],
  sums: { gross: '50.00', fee: '5.00', vat: '0.95', debt: '0.00', amount: '44.05' },
};

it('names each line with its order, fee and VAT, and what they add up to', () => {
  const { facts, from, rows, sums, notes } = statementContent(statement);
  expect(facts).toContainEqual(['Status', 'Paid, 11 November 2026']);
  expect(from).toEqual(['Market Ltd', '1 High Street', 'Germany', 'VAT number DE136695976']);
  expect(rows).toEqual([['Sale, order 7', '3 Nov 2026', '50.00', '5.00', '0.95', '44.05']]);
  expect(sums).toEqual([
    ['Buyers paid, less what they got back', 'EUR 50.00'],
    ['Fees', 'EUR 5.00'],
    ['VAT on fees', 'EUR 0.95'],
    ['Paid out', 'EUR 44.05'],
  ]);
  expect(notes).toEqual(['Invoices for the fees are separate documents.']);
});

it('says what paid off a debt, that money was test money, and that the payout came back', () => {
  const payout = { ...statement.payout, status: 'returned' as const, isTest: true, reason: 'account closed' };
  const { sums, notes } = statementContent({
    ...statement,
    payout,
    lines: [{ ...line, debt: '4.05', amount: '40.00' }],
    sums: { ...statement.sums, debt: '4.05', amount: '40.00' },
  });
  expect(sums).toContainEqual(['Paid off of a negative balance', 'EUR 4.05']);
  expect(notes.join(' ')).toMatch(/test payments.*did not arrive \(account closed\)/);
});

it('goes on over pages with the head of its table on each', async () => {
  const lines = Array.from({ length: 120 }, (_, i) => ({ ...line, orderId: i }));
  const pdf = Buffer.from(await renderPdf(statementContent({ ...statement, lines }), new Date(), false)).toString('latin1');
  const pages = pdf.match(/\/Type \/Page\n/g)!.length;
  expect(pages).toBeGreaterThan(2);
});
