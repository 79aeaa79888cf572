import {
  AddCommissionRuleInput,
  CommissionRulePage,
  CommissionRuleView,
  EndCommissionRuleInput,
  FeesView,
  ListCommissionRules,
  QuoteFeesQuery,
  TaxDetailsInput,
  TaxDetailsView,
} from '@assay/contract';
import {
  addCommissionRule,
  endCommissionRule,
  getFeeQuote,
  getOrderFees,
  getTaxDetails,
  listCommissionRules,
  saveTaxDetails,
} from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, mutation, post, put, query } from './operation.ts';

/** What sales cost their sellers, and how the commission is taxed. */
export const fees = {
  rules: query({
    use: listCommissionRules,
    input: ListCommissionRules,
    output: CommissionRulePage,
    as: 'admin',
    rest: get('/fees/rules', 'The rules for commission, newest first (admin)', { errors: [403] }),
  }),
  addRule: mutation({
    use: addCommissionRule,
    input: AddCommissionRuleInput,
    output: CommissionRuleView,
    as: 'admin',
    rest: post('/fees/rules', 'Add a rule for commission (admin)', {
      description: 'The most specific rule counts. Orders that are placed already keep what they were charged.',
      status: 201,
      errors: [403, 404, 409],
    }),
  }),
  endRule: mutation({
    use: endCommissionRule,
    input: EndCommissionRuleInput,
    output: z.object({ rule: CommissionRuleView.nullable().describe('Null: it had not begun, and was taken back.') }),
    as: 'admin',
    rest: post('/fees/rules/:id/end', 'End a rule for commission (admin)', {
      description: 'A rule is never changed: end it and add another.',
      errors: [403, 404, 409],
    }),
  }),
  quote: query({
    use: getFeeQuote,
    input: QuoteFeesQuery,
    output: FeesView,
    as: 'user',
    rest: get('/fees/quote', 'What a sale would cost its seller now', { errors: [403] }),
  }),
  order: query({
    use: getOrderFees,
    input: ById,
    output: z.object({ fees: FeesView.nullable().describe('Null: the order is from before there were fees.') }),
    as: 'user',
    rest: get('/orders/:id/fees', 'What an order costs its seller, for its seller', { errors: [404] }),
  }),
  taxDetails: query({
    use: getTaxDetails,
    output: TaxDetailsView,
    as: 'user',
    rest: get('/tax-details', 'Who I am on invoices'),
  }),
  saveTaxDetails: mutation({
    use: saveTaxDetails,
    input: TaxDetailsInput,
    output: TaxDetailsView,
    as: 'user',
    rest: put('/tax-details', 'Say who I am on invoices', {
      description: 'Orders that are placed from now on are taxed by it.',
      errors: [404],
    }),
  }),
};
