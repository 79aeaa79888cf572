import type { Actor } from '../kernel/actor.ts';
import type { ActorFlags, FlagEvaluator, FlagSubject } from './ports.ts';

/** For whom flags are asked when that actor asks. The system itself has what anybody has. */
export function subjectOf(actor: Actor): FlagSubject {
  if (actor.kind === 'system') return { roles: [], staff: true };
  const browser = actor.visitorId ? { visitorId: actor.visitorId } : {};
  return actor.kind === 'user' ? { userId: actor.id, roles: actor.roles, ...browser } : { roles: [], ...browser };
}

/** What use cases ask: `ctx.flags.isOn('seller-ratings')`. */
export function flagsOf(evaluator: FlagEvaluator, actor: Actor): ActorFlags {
  const subject = subjectOf(actor);
  return {
    isOn: async (name) => (await evaluator.evaluate(name, subject)).on,
    isOnForAnybody: async (name) => (await evaluator.evaluate(name, { ...subject, staff: true })).on,
    variantOf: async (name) => (await evaluator.evaluate(name, subject)).variant,
    exposure: (name) => evaluator.evaluate(name, subject),
  };
}
