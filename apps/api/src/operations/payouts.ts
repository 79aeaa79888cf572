import {
  BankFileInput,
  HoldPayoutsInput,
  ListPayoutsQuery,
  PayoutConsole,
  PayoutDetail,
  PayoutLinesQuery,
  PayoutOverview,
  PayoutPage,
  PayoutScheduleInput,
  SearchPayoutsQuery,
  SellerDuePage,
  SellerPayoutPage,
  SettlePayoutInput,
  WriteOffInput,
} from '@assay/contract';
import {
  cancelBankFile,
  choosePayoutSchedule,
  getPayout,
  getPayoutConsole,
  getPayoutOverview,
  holdPayouts,
  listDueSellers,
  listMyPayouts,
  releasePayouts,
  searchPayouts,
  settlePayoutByHand,
  writeOffDebt,
} from '@assay/core';
import { BySeller, PROOF } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** Payouts to sellers. Bank files and statements are files: rest/payout-files.ts. */
export const payouts = {
  overview: query({
    use: getPayoutOverview,
    output: PayoutOverview,
    as: 'user',
    rest: get('/payouts/overview', 'When I am paid out next and how much, or why not', { errors: [404] }),
  }),
  mine: query({ use: listMyPayouts, input: ListPayoutsQuery, output: PayoutPage, as: 'user', rest: get('/payouts/mine', 'My payouts') }),
  get: query({
    use: getPayout,
    input: PayoutLinesQuery,
    output: PayoutDetail,
    as: 'user',
    rest: get('/payouts/mine/:id', 'A payout of mine and what it is made of', { errors: [404] }),
  }),
  choose: mutation({
    use: choosePayoutSchedule,
    input: PayoutScheduleInput,
    output: PayoutOverview,
    as: 'user',
    rest: post('/payouts/schedule', 'How often I am paid out', { errors: [404] }),
  }),
  console: query({
    use: getPayoutConsole,
    output: PayoutConsole,
    as: 'admin',
    rest: get('/payouts/console', 'How many payouts have each state, and bank files (admins)', { errors: [403] }),
  }),
  search: query({
    use: searchPayouts,
    input: SearchPayoutsQuery,
    output: SellerPayoutPage,
    as: 'admin',
    rest: get('/payouts', 'Payouts of all sellers (admins)', { errors: [403] }),
  }),
  due: query({
    use: listDueSellers,
    input: ListPayoutsQuery,
    output: SellerDuePage,
    as: 'admin',
    rest: get('/payouts/due', 'Sellers with money, and when they are paid out or why not (admins)', { errors: [403] }),
  }),
  settle: mutation({
    use: settlePayoutByHand,
    input: SettlePayoutInput,
    as: 'admin',
    rest: post('/payouts/:id/settle', 'Say how a payout ended (admins)', { status: 204, errors: [403, 404, 409] }),
  }),
  cancelFile: mutation({
    use: cancelBankFile,
    input: BankFileInput,
    as: 'admin',
    once: false,
    rest: post('/payouts/bank-files/:id/cancel', 'A bank file did not reach the bank (admins)', {
      description: `Its payouts wait for another one. ${PROOF}`,
      status: 204,
      errors: [403, 404, 409, 422, 503],
    }),
  }),
  hold: mutation({
    use: holdPayouts,
    input: HoldPayoutsInput,
    as: 'admin',
    rest: post('/payouts/sellers/:sellerId/hold', 'Hold the payouts of a seller (admins)', { status: 204, errors: [403, 404] }),
  }),
  release: mutation({
    use: releasePayouts,
    input: BySeller,
    as: 'admin',
    rest: post('/payouts/sellers/:sellerId/release', 'Payouts of a seller go on (admins)', { status: 204, errors: [403] }),
  }),
  writeOff: mutation({
    use: writeOffDebt,
    input: WriteOffInput,
    as: 'admin',
    rest: post('/payouts/sellers/:sellerId/write-off', 'Give up what a seller owes (admins)', { status: 204, errors: [403, 404, 409] }),
  }),
};
