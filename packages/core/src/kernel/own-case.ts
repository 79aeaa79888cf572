import type { Actor } from './actor.ts';
import { AppError } from './errors.ts';

/** Whether an account acts in what concerns itself. Commands are of no account. */
export const isOwn = (actor: Actor, ...concerned: number[]): boolean => actor.kind === 'user' && concerned.includes(actor.id);

/** Admins do not decide about their own money. @throws AppError OWN_CASE */
export function requireNotOwn(actor: Actor, ...concerned: number[]): void {
  if (isOwn(actor, ...concerned)) throw new AppError('OWN_CASE');
}
