import type { OrderTimes } from '@assay/core';
import type { z } from 'zod';
import { whole } from './variable-kinds.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long an order may be in its states: docs/orders.md explains each. */
export const orderVariables = {
  ORDER_PAYMENT_MINUTES: whole(15, 5, 10_080),
  ORDER_SHIPPING_DAYS: whole(14, 1, 365),
  ORDER_DELIVERY_DAYS: whole(21, 1, 365),
  ORDER_CONFIRMATION_DAYS: whole(14, 1, 365),
  ORDER_RELEASE_DAYS: whole(7, 1, 365),
  ORDER_DISPUTE_DAYS: whole(30, 1, 365),
  ORDER_RETURN_DAYS: whole(14, 1, 365),
  ORDER_RETURN_SHIPPING_DAYS: whole(14, 1, 90),
  ORDER_ANSWER_DAYS: whole(7, 1, 90),
  ORDER_REPLY_DAYS: whole(7, 1, 90),
  ORDER_DECISION_DAYS: whole(60, 1, 365),
  ORDER_APPEAL_DAYS: whole(7, 1, 90),
  ORDER_REMINDER_DAYS: whole(2, 0, 30),
};

type OrderVariables = { [N in keyof typeof orderVariables]: z.output<(typeof orderVariables)[N]> };

/** The same in milliseconds. */
export const orderTimesOf = (env: OrderVariables): OrderTimes => ({
  paymentMs: env.ORDER_PAYMENT_MINUTES * MINUTE_MS,
  shippingMs: env.ORDER_SHIPPING_DAYS * DAY_MS,
  deliveryMs: env.ORDER_DELIVERY_DAYS * DAY_MS,
  confirmationMs: env.ORDER_CONFIRMATION_DAYS * DAY_MS,
  releaseMs: env.ORDER_RELEASE_DAYS * DAY_MS,
  disputeMs: env.ORDER_DISPUTE_DAYS * DAY_MS,
  returnMs: env.ORDER_RETURN_DAYS * DAY_MS,
  returnShippingMs: env.ORDER_RETURN_SHIPPING_DAYS * DAY_MS,
  answerMs: env.ORDER_ANSWER_DAYS * DAY_MS,
  replyMs: env.ORDER_REPLY_DAYS * DAY_MS,
  decisionMs: env.ORDER_DECISION_DAYS * DAY_MS,
  appealMs: env.ORDER_APPEAL_DAYS * DAY_MS,
  reminderMs: env.ORDER_REMINDER_DAYS * DAY_MS,
});
