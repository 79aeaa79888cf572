import { BankFileInput, IMPORT_BYTES_MAX, OwnerProof, PAYOUT_STATEMENT_LINES_MAX, StatementResult } from '@assay/contract';
import {
  exportPayout,
  getPayoutStatement,
  importBankStatement,
  makeBankFile,
  repeatBankFile,
  requireAdmin,
  type WrittenBankFile,
} from '@assay/core';
import type { Request, Response } from 'express';
import { ById, PROOF } from '../operations/inputs.ts';
import { csvPages, exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';
import { sendPrivateFile } from './send-private-file.ts';
import { textBodyOf } from './text-body.ts';

const tag = 'Payouts';
const XML = 'application/xml';
const LINE_COLUMNS = ['at', 'kind', 'orderId', 'gross', 'fee', 'vat', 'debt', 'amount', 'currency'];

/** Bank files and statements, and a payout as a table. */
export const payoutFileRoutes = [
  plainRoute({
    method: 'get',
    path: '/payouts/mine/:id/lines.csv',
    tag,
    summary: 'What a payout of mine is made of, as CSV',
    description: 'Streamed. The column `amount` adds up to the payout.',
    auth: 'required',
    input: ById,
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'payout.csv' },
    errors: [404],
    handle: ({ ctx, input, req, res }) =>
      exporting(req, res, async () => {
        const { currency, pages } = await exportPayout(ctx, input);
        return csvPages(LINE_COLUMNS, pages, (line) => [
          line.at,
          line.kind,
          line.orderId ?? '',
          line.gross,
          line.fee,
          line.vat,
          line.debt,
          line.amount,
          currency,
        ]);
      }),
  }),
  plainRoute({
    method: 'get',
    path: '/payouts/mine/:id/statement.pdf',
    tag,
    summary: 'The statement of a payout of mine, as PDF',
    description: `Each line with its order, fee and VAT; at most ${PAYOUT_STATEMENT_LINES_MAX.toLocaleString('en')} lines.`,
    auth: 'required',
    input: ById,
    status: 200,
    errors: [404, 409],
    handle: async ({ ctx, input, res }) => {
      const statement = await getPayoutStatement(ctx, input);
      const [{ renderPdf }, { statementContent }] = await Promise.all([
        import('../services/pdf/render-pdf.ts'), // most processes make none
        import('../services/payouts/statement-pdf.ts'),
      ]);
      const content = await renderPdf(statementContent(statement), new Date(statement.payout.createdAt));
      sendPrivateFile(res, { name: `payout-${input.id}.pdf`, type: 'application/pdf', content });
    },
  }),
  plainRoute({
    method: 'post',
    path: '/payouts/bank-files',
    tag,
    summary: 'Make a bank file of the payouts that wait (admins)',
    description: `A credit transfer of ISO 20022, pain.001.001.09, in euros. The payouts are sent then. The file is not kept. ${PROOF}`,
    auth: 'required',
    input: OwnerProof,
    status: 200,
    file: { type: XML, name: 'payouts.xml' },
    errors: [403, 409, 422, 503],
    handle: ({ ctx, input, req, res }) => exporting(req, res, async () => named(res, await makeBankFile(ctx, input))),
  }),
  plainRoute({
    method: 'post',
    path: '/payouts/bank-files/:id/repeat',
    tag,
    summary: 'Write a bank file again (admins)',
    description: `With the same ids: a bank takes it once. ${PROOF}`,
    auth: 'required',
    input: BankFileInput,
    status: 200,
    file: { type: XML, name: 'payouts.xml' },
    errors: [403, 404, 409, 422, 503],
    handle: ({ ctx, input, req, res }) => exporting(req, res, async () => named(res, await repeatBankFile(ctx, input))),
  }),
  plainRoute({
    method: 'post',
    path: '/payouts/statements',
    tag,
    summary: 'Import a bank statement (admins)',
    description:
      'camt.053 or camt.054, at most 5 MB: payouts that are booked are paid, those that came back are returned. ' +
      'The same statement again changes nothing.',
    auth: 'required',
    text: XML,
    status: 200,
    response: StatementResult,
    errors: [403],
    handle: async ({ ctx, req }: { ctx: Parameters<typeof importBankStatement>[0]; req: Request }) => {
      requireAdmin(ctx); // before 5 MB are read
      return importBankStatement(ctx, await textBodyOf(req, XML, IMPORT_BYTES_MAX));
    },
  }),
];

function named(res: Response, { name, pieces }: WrittenBankFile): AsyncGenerator<string> {
  res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  return pieces;
}
