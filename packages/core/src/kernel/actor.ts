import type { Role } from '@assay/contract';
import { AppError } from './errors.ts';

/** Who acts. */
export type Actor =
  | {
      kind: 'anonymous';
      /** By which a browser is known again, if it keeps the cookie. */
      visitorId?: string;
    }
  | {
      kind: 'user';
      id: number;
      roles: readonly Role[];
      /** Roles of the account that its session may not use, because it was opened without a second factor. */
      withheldRoles?: readonly Role[];
      sessionId: string;
      visitorId?: string;
    }
  | {
      kind: 'system';
      name: string;
      /** Who runs the command, as the operating system knows it. */
      operator?: string;
    };

export type UserActor = Extract<Actor, { kind: 'user' }>;

/** @throws AppError UNAUTHENTICATED */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new AppError('UNAUTHENTICATED');
  return actor;
}

/** Is it a signed-in user with one of these roles? */
export const hasRole = (actor: Actor, ...roles: Role[]): boolean =>
  actor.kind === 'user' && roles.some((role) => actor.roles.includes(role));

/** A signed-in user with one of these roles. @throws AppError UNAUTHENTICATED, FORBIDDEN, SECOND_FACTOR_REQUIRED */
export function requireRole(actor: Actor, ...roles: Role[]): UserActor {
  const user = requireUser(actor);
  if (hasRole(user, ...roles)) return user;
  const isWithheld = roles.some((role) => user.withheldRoles?.includes(role));
  throw new AppError(isWithheld ? 'SECOND_FACTOR_REQUIRED' : 'FORBIDDEN');
}

/** Who may look at how the product does: operators, admins, and the system itself. @throws AppError UNAUTHENTICATED, FORBIDDEN, SECOND_FACTOR_REQUIRED */
export function requireOperator(actor: Actor): void {
  if (actor.kind !== 'system') requireRole(actor, 'admin', 'ops');
}

/** The work of commands and jobs, never of a request. @throws AppError FORBIDDEN */
export function requireSystem(actor: Actor): void {
  if (actor.kind !== 'system') throw new AppError('FORBIDDEN');
}
