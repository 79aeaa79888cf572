import { LedgerPage, LedgerQuery, NextRelease, SellerBalance, StatementPage, StatementQuery, TrialBalance } from '@assay/contract';
import { getSellerBalances, getTrialBalance, listLedgerEntries, listNextReleases, listStatement } from '@assay/core';
import { z } from 'zod';
import { get, query } from './operation.ts';

/** The ledger as operators read it. */
export const ledger = {
  trialBalance: query({
    use: getTrialBalance,
    output: TrialBalance,
    as: 'operator',
    rest: get('/ledger/trial-balance', 'The balances of all accounts by currency', { errors: [403] }),
  }),
  entries: query({
    use: listLedgerEntries,
    input: LedgerQuery,
    output: LedgerPage,
    as: 'operator',
    rest: get('/ledger/entries', 'Entries of the ledger with their postings, newest first', { errors: [403] }),
  }),
};

/** A seller's own money. */
export const balance = {
  get: query({
    use: getSellerBalances,
    output: z.array(SellerBalance),
    as: 'user',
    rest: get('/balance', 'What I have as a seller, by currency', { items: true }),
  }),
  releases: query({
    use: listNextReleases,
    output: z.array(NextRelease),
    as: 'user',
    rest: get('/balance/releases', 'My orders whose payment is released next', { items: true }),
  }),
  statement: query({
    use: listStatement,
    input: StatementQuery,
    output: StatementPage,
    as: 'user',
    rest: get('/balance/statement', 'How my balance came to be, newest first'),
  }),
};
