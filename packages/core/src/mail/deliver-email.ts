import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { EmailKind } from './ports.ts';
import { EMAIL_ATTEMPTS_MAX, waitAfter } from './rules.ts';

/** An e-mail whose process was not heard of for this long is taken by another one. Longer than a try can take. */
const LEASE_MS = 3 * 60_000;

/** What became of one try. Never with the words of the e-mail, nor whose it is. */
export interface EmailDelivery {
  id: number;
  kind: EmailKind;
  outcome: 'sent' | 'postponed' | 'dead';
  attempts: number;
  reason: string | null;
}

/**
 * Sends the e-mail that waits longest, if there is one. Called by each process again and again: one of them takes it, and another
 * one when that process dies, so that it arrives once, or in the worst case twice, with the same Message-ID.
 * @param holder names the process
 * @returns what became of it; null when none waits
 * @throws AppError FORBIDDEN
 */
export async function deliverEmail(ctx: Context, holder: string): Promise<EmailDelivery | null> {
  requireSystem(ctx.actor);
  const email = await ctx.repos.emails.claim(holder, ctx.now(), new Date(ctx.now().getTime() + LEASE_MS));
  if (!email) return null;
  const { id, kind, attempts } = email;
  const told = (outcome: EmailDelivery['outcome'], reason: string | null): EmailDelivery => ({ id, kind, outcome, attempts, reason });
  // What ends the process each time is not tried for ever.
  const result = attempts > EMAIL_ATTEMPTS_MAX ? TRIED_ENOUGH : await ctx.services.mailer.send(email);
  if (result.sent) {
    await ctx.repos.emails.settle(id, holder, { status: 'sent', failure: null }, ctx.now());
    return told('sent', null);
  }
  if (result.permanent || attempts >= EMAIL_ATTEMPTS_MAX) {
    await ctx.repos.emails.settle(id, holder, { status: 'dead', failure: result.reason }, ctx.now());
    return told('dead', result.reason);
  }
  await ctx.repos.emails.postpone(id, holder, new Date(ctx.now().getTime() + waitAfter(attempts)), result.reason);
  return told('postponed', result.reason);
}

const TRIED_ENOUGH = { sent: false, permanent: true, reason: 'it was begun too often' } as const;
