import type { TaskName } from '@assay/contract';
import { sendPasswordReset } from './accounts/reset-password.ts';
import { renderImage } from './images/render-image.ts';
import { renderInvoice } from './invoices/render-invoice.ts';
import type { TaskHandler } from './kernel/task.ts';
import { verifyLedgerTask } from './ledger/verify-ledger.ts';
import { sendEmail } from './mail/send-email.ts';
import { deliverAlert } from './operations/deliver-alert.ts';
import { runMaintenance } from './operations/run-maintenance.ts';
import { captureCharge, capturePayment } from './payments/capture-charge.ts';
import { lookUpCharge, lookUpPayment } from './payments/look-up-charge.ts';
import { adoptRefund } from './payments/adopt-refund.ts';
import { applyProviderEvent } from './payments/provider-events.ts';
import { sendRefund } from './payments/send-refund.ts';
import { checkPayout } from './payouts/check-payout.ts';
import { makeDuePayouts } from './payouts/make-due-payouts.ts';
import { sendPayout } from './payouts/send-payout.ts';

import { reconcileTask } from './reconciliation/reconcile.ts';
import { eraseAccount } from './privacy/erase-account.ts';

/** The handler of each task: a name without one does not compile. */
export const TASKS: { readonly [N in TaskName]: TaskHandler<N> } = {
  'account.erase': eraseAccount,
  'alert.deliver': deliverAlert,
  'charge.capture': captureCharge,
  'charge.look-up': lookUpCharge,
  'email.send': sendEmail,
  'image.render': renderImage,
  'invoice.render': renderInvoice,
  'ledger.verify': verifyLedgerTask,
  'maintenance.run': runMaintenance,
  'password-reset.send': sendPasswordReset,
  'payment.capture': capturePayment,
  'payment.look-up': lookUpPayment,
  'payment.refund': adoptRefund,
  'payout.check': checkPayout,
  'payout.send': sendPayout,
  'payouts.make': makeDuePayouts,
  'provider-event.apply': applyProviderEvent,
  'reconciliation.run': reconcileTask,
  'refund.send': sendRefund,
};
