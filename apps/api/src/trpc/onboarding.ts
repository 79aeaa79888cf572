import {
  DecideVerificationInput,
  EmailTokenInput,
  Id,
  OnboardingMoveInput,
  PayoutDetailsInput,
  ProfileInput,
  RemovePayoutDetailsInput,
  SubmitVerificationInput,
} from '@assay/contract';
import {
  completeOnboarding,
  confirmEmail,
  countVerifications,
  decideVerification,
  getEmailLink,
  getOnboarding,
  getOwnProfile,
  getPayoutDetails,
  getVerification,
  listVerifications,
  moveOnboarding,
  removeDocument,
  removePayoutDetails,
  savePayoutDetails,
  sendEmailLink,
  submitVerification,
  updateStore,
} from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

export const onboardingRouter = router({
  get: procedure.query(({ ctx }) => getOnboarding(ctx.ctx)),
  move: procedure.input(OnboardingMoveInput).mutation(({ ctx, input }) => moveOnboarding(ctx.ctx, input)),
  complete: procedure.mutation(({ ctx }) => completeOnboarding(ctx.ctx)),
});

export const profileRouter = router({
  get: procedure.query(({ ctx }) => getOwnProfile(ctx.ctx)),
  save: procedure.input(ProfileInput).mutation(({ ctx, input }) => updateStore(ctx.ctx, input)),
});

/** Papers themselves come and go through the REST API: a file is no JSON. */
export const verificationRouter = router({
  get: procedure.query(({ ctx }) => getVerification(ctx.ctx)),
  sendLink: procedure.mutation(({ ctx }) => sendEmailLink(ctx.ctx)),
  link: procedure.input(EmailTokenInput).query(({ ctx, input }) => getEmailLink(ctx.ctx, input)),
  confirm: procedure.input(EmailTokenInput).mutation(({ ctx, input }) => confirmEmail(ctx.ctx, input)),
  removeDocument: procedure.input(z.object({ id: Id })).mutation(({ ctx, input }) => removeDocument(ctx.ctx, input)),
  submit: procedure.input(SubmitVerificationInput).mutation(({ ctx, input }) => submitVerification(ctx.ctx, input)),
  queue: procedure.query(({ ctx }) => listVerifications(ctx.ctx)),
  count: procedure.query(({ ctx }) => countVerifications(ctx.ctx)),
  decide: procedure.input(DecideVerificationInput).mutation(({ ctx, input }) => decideVerification(ctx.ctx, input)),
});

export const payoutRouter = router({
  get: procedure.query(({ ctx }) => getPayoutDetails(ctx.ctx)),
  save: procedure.input(PayoutDetailsInput).mutation(({ ctx, input }) => savePayoutDetails(ctx.ctx, input)),
  remove: procedure.input(RemovePayoutDetailsInput).mutation(({ ctx, input }) => removePayoutDetails(ctx.ctx, input)),
});
