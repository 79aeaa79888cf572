import { ONBOARDING_STEPS, type OnboardingMoveInput, type OnboardingView } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
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

/** How far I am with opening a store: the same on every device. @throws AppError UNAUTHENTICATED */
export async function getOnboarding(ctx: Context): Promise<OnboardingView> {
  const user = requireUser(ctx.actor);
  const [saved, done] = await Promise.all([ctx.store.onboarding.find(user.id), ctx.store.onboarding.done(user.id)]);
  return toView(saved, done);
}

async function change(
  ctx: Context,
  work: (store: Store, saved: OnboardingRow | null, done: DoneSteps, userId: number) => Promise<OnboardingRow> | OnboardingRow,
): Promise<OnboardingView> {
  const user = requireUser(ctx.actor);
  return ctx.transaction(async (store) => {
    const now = ctx.now();
    await store.accounts.hold(user.id, now);
    const [saved, done] = [await store.onboarding.find(user.id), await store.onboarding.done(user.id)];
    const next = await work(store, saved, done, user.id);
    await store.onboarding.save(user.id, next, now);
    await store.outbox.append({ topic: 'onboarding.changed', subjectId: user.id, payload: {} }, now);
    return toView(next, done);
  });
}

/**
 * Goes to a step, and leaves one for later where that is said.
 * @throws AppError UNAUTHENTICATED, ONBOARDING_STEP_NEEDED, ONBOARDING_INCOMPLETE
 */
export const moveOnboarding = (ctx: Context, { step, skip }: OnboardingMoveInput): Promise<OnboardingView> =>
  change(ctx, (_store, saved, done) => {
    if (skip && !isOptional(skip)) throw new AppError('ONBOARDING_STEP_NEEDED');
    if (!reachable(step, done)) throw new AppError('ONBOARDING_INCOMPLETE');
    const skipped = leftForLater(saved?.skipped ?? [], skip ? [skip] : [], done);
    return { currentStep: step, skipped, completedAt: saved?.completedAt ?? null };
  });

/** The store is open; what is not done is left for later. @throws AppError UNAUTHENTICATED, ONBOARDING_INCOMPLETE */
export const completeOnboarding = (ctx: Context): Promise<OnboardingView> =>
  change(ctx, async (store, saved, done, userId) => {
    if (!done.profile) throw new AppError('ONBOARDING_INCOMPLETE');
    const skipped = leftForLater(saved?.skipped ?? [], ONBOARDING_STEPS, done);
    if (!saved?.completedAt) await store.audit.append(auditRecord(ctx, 'onboarding.completed', 'user', userId));
    return { currentStep: skipped[0] ?? 'listing', skipped, completedAt: saved?.completedAt ?? ctx.now() };
  });
