import { ONBOARDING_STEPS, type OnboardingMoveInput, type OnboardingView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { hasEnteredDetails } from '../payout-accounts/used-account.ts';
import type { OnboardingRow } from './ports.ts';
import { currentStep, isOptional, leftForLater, reachable, type DoneSteps } from './rules.ts';

function toView(saved: OnboardingRow | null, done: DoneSteps): OnboardingView {
  return {
    steps: ONBOARDING_STEPS.map((name) => ({
      name,
      done: done[name],
      skipped: !done[name] && (saved?.skipped.includes(name) ?? false),
      optional: isOptional(name),
    })),
    current: currentStep(saved, done),
    canComplete: done.profile,
    completedAt: saved?.completedAt?.toISOString() ?? null,
  };
}

/** Which steps are done. An account at the payout provider counts as payout details. */
async function doneSteps(reads: Reads, userId: number): Promise<DoneSteps> {
  const done = await reads.repos.onboarding.done(userId);
  return done.payout ? done : { ...done, payout: await hasEnteredDetails(reads, userId) };
}

/** How far I am with opening a store: the same on every device. @throws AppError UNAUTHENTICATED */
export async function getOnboarding(ctx: Context): Promise<OnboardingView> {
  const user = requireUser(ctx.actor);
  const [saved, done] = await Promise.all([ctx.repos.onboarding.find(user.id), doneSteps(ctx, user.id)]);
  return toView(saved, done);
}

async function change(
  ctx: Context,
  work: (tx: Tx, saved: OnboardingRow | null, done: DoneSteps, userId: number) => Promise<OnboardingRow> | OnboardingRow,
): Promise<OnboardingView> {
  const user = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    const now = tx.at;
    await tx.repos.accounts.lock(user.id, now);
    const [saved, done] = [await tx.repos.onboarding.find(user.id), await doneSteps(tx, user.id)];
    const next = await work(tx, saved, done, user.id);
    await tx.repos.onboarding.save(user.id, next, now);
    await tx.publish('onboarding.changed', { userId: user.id });
    return toView(next, done);
  });
}

/**
 * Goes to a step, and leaves one for later where that is said.
 * @throws AppError UNAUTHENTICATED, ONBOARDING_STEP_NEEDED, ONBOARDING_INCOMPLETE
 */
export const saveOnboardingStep = (ctx: Context, { step, skip }: OnboardingMoveInput): Promise<OnboardingView> =>
  change(ctx, (_tx, saved, done) => {
    if (skip && !isOptional(skip)) throw new AppError('ONBOARDING_STEP_NEEDED');
    if (!reachable(step, done)) throw new AppError('ONBOARDING_INCOMPLETE');
    const skipped = leftForLater(saved?.skipped ?? [], skip ? [skip] : [], done);
    return { currentStep: step, skipped, completedAt: saved?.completedAt ?? null };
  });

/** The store is open; what is not done is left for later. @throws AppError UNAUTHENTICATED, ONBOARDING_INCOMPLETE */
export const completeOnboarding = (ctx: Context): Promise<OnboardingView> =>
  change(ctx, async (tx, saved, done, userId) => {
    if (!done.profile) throw new AppError('ONBOARDING_INCOMPLETE');
    const skipped = leftForLater(saved?.skipped ?? [], ONBOARDING_STEPS, done);
    if (!saved?.completedAt) await tx.audit('onboarding.completed', 'user', userId);
    return { currentStep: skipped[0] ?? 'listing', skipped, completedAt: saved?.completedAt ?? tx.at };
  });
