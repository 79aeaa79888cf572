import { LedgerFilter, type LedgerEntryView, type StatementLine } from '@assay/contract';
import { exportLedgerEntries, exportStatement } from '@assay/core';
import { csvPages, exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';

const ENTRY_COLUMNS = ['entry', 'at', 'cause', 'kind', 'order', 'test', 'currency', 'account', 'seller', 'debit', 'credit'];
const STATEMENT_COLUMNS = ['id', 'at', 'kind', 'order', 'test', 'currency', 'held', 'balance', 'commission', 'vat'];

const marked = (isTest: boolean) => (isTest ? 'yes' : '');

/** One row for each posting. */
const postingRows = ({ id, at, cause, kind, orderId, isTest, currency, postings }: LedgerEntryView): (string | number)[][] => {
  const ofEntry = [id, at, cause, kind, orderId ?? '', marked(isTest), currency];
  return postings.map(({ account, sellerId, debit, credit }) => ofEntry.concat(account, sellerId ?? '', debit ?? '', credit ?? ''));
};

const statementRow = (line: StatementLine): (string | number)[] => {
  const { id, at, kind, orderId, isTest, currency, held, balance, commission, vat } = line;
  return [id, at, kind, orderId ?? '', marked(isTest), currency, held, balance, commission, vat];
};

async function* postingsOf(pages: AsyncIterable<LedgerEntryView[]>): AsyncGenerator<(string | number)[][]> {
  for await (const page of pages) yield page.flatMap(postingRows);
}

/** The ledger and a seller's statement as files. */
export const ledgerFileRoutes = [
  plainRoute({
    method: 'get',
    path: '/ledger/entries.csv',
    tag: 'Ledger',
    summary: 'Postings of the ledger, as CSV',
    description: 'Streamed, newest entry first: one line for each posting.',
    auth: 'required',
    input: LedgerFilter,
    query: true,
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'ledger.csv' },
    errors: [403],
    handle: ({ ctx, input, req, res }) =>
      exporting(req, res, () => csvPages(ENTRY_COLUMNS, postingsOf(exportLedgerEntries(ctx, input)), (row) => row)),
  }),
  plainRoute({
    method: 'get',
    path: '/balance/statement.csv',
    tag: 'Balance',
    summary: 'How my balance came to be, as CSV',
    description: 'Streamed, by currency, newest first.',
    auth: 'required',
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'statement.csv' },
    handle: ({ ctx, req, res }) => exporting(req, res, () => csvPages(STATEMENT_COLUMNS, exportStatement(ctx), statementRow)),
  }),
];
