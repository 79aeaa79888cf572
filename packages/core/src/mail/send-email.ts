import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AttemptFailed, exponential, Postponed, type TaskHandler, type TaskNote } from '../kernel/task.ts';
import type { EmailKind } from './ports.ts';

export const emailKey = (emailId: number): string => `email:${emailId}`;

const MINUTE_MS = 60_000;
type Outcome = 'sent' | 'postponed' | 'dead';

/**
 * Sends an e-mail. It arrives once, or in the worst case twice, with the same Message-ID. With the waits between them, the attempts
 * take about half a day; then it is given up, and its text is erased.
 */
export const sendEmail: TaskHandler<'email.send'> = {
  attemptsMax: 8,
  retryAfterMs: exponential(30_000, 4 * 60 * MINUTE_MS, 4),
  concurrency: 1,
  async run(ctx, { emailId }, { isLast }) {
    requireSystem(ctx.actor);
    const email = await ctx.repos.emails.begin(emailId, ctx.now());
    if (email === 'held') throw new Postponed('An earlier version of the product sends it.', MINUTE_MS);
    if (!email) return; // an earlier attempt got this far
    const { kind } = email;
    const result = await ctx.services.mailer.send(email);
    if (result.sent) return settle(ctx, emailId, 'sent', null);
    if (result.permanent) return settle(ctx, emailId, 'dead', result.reason);
    if (!isLast)
      await ctx.change(async (tx) => {
        if (await tx.repos.emails.postpone(emailId, result.reason))
          await tx.publish('email.attempted', { emailId, kind, outcome: 'postponed' });
      });
    throw new AttemptFailed(result.reason);
  },
  async onDead(ctx, { emailId }, failure) {
    await settle(ctx, emailId, 'dead', failure);
  },
};

/** Its record says how it ended, and forgets its text: links are in it. */
async function settle(ctx: Context, emailId: number, outcome: Exclude<Outcome, 'postponed'>, failure: string | null): Promise<TaskNote> {
  const kind = await ctx.change(async (tx): Promise<EmailKind | null> => {
    const settled = await tx.repos.emails.settle(emailId, { status: outcome, failure }, tx.at);
    if (settled) await tx.publish('email.attempted', { emailId, kind: settled, outcome });
    return settled;
  });
  return { kind, outcome, reason: failure };
}
