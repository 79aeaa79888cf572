import type { Context } from '../kernel/context.ts';
import type { ProviderCall, ProviderOutcome } from './ports.ts';

/** An answer waits this long for the provider; a slower one settles what was asked later, and pages follow live. */
export const PROVIDER_MS = 5000;

const HOUR_MS = 3_600_000;
/** Providers keep keys for 24 hours. A call that takes its time must still arrive within them. */
const KEY_LIFE_MS = 23 * HOUR_MS;

/** What is known after the provider was asked. */
export type CallOutcome =
  | ProviderOutcome
  /** A look-up after the life of the key found nothing: it never arrived, and never will. */
  | { status: 'never-sent' }
  /** A look-up found nothing, and the call may still be on its way. */
  | { status: 'not-found' }
  /** There was no answer, or none that says what happened. */
  | { status: 'unknown'; error: unknown };

interface Asked extends ProviderCall {
  /** The name of the provider that was asked. */
  provider: string;
  keyedAt: Date;
}

/** What another provider was asked for is never asked of this one. @throws Error */
function requireProvider(ctx: Context, { provider }: Asked): void {
  if (provider !== ctx.services.payments.name) throw new Error(`The payment provider "${provider}" is not configured.`);
}

/** Whether the provider may have forgotten a key. */
export const isKeyDead = (ctx: Pick<Context, 'now'>, { keyedAt }: { keyedAt: Date }): boolean =>
  ctx.now().getTime() - keyedAt.getTime() > KEY_LIFE_MS;

/** Sends a call, or sends it again with its key. Once the provider may have forgotten the key, it is looked up instead. */
export async function sendCall(ctx: Context, asked: Asked, send: () => Promise<ProviderOutcome>): Promise<CallOutcome> {
  if (isKeyDead(ctx, asked)) return lookUpCall(ctx, asked);
  try {
    requireProvider(ctx, asked);
    return await send();
  } catch (error) {
    return { status: 'unknown', error };
  }
}

/** Asks the provider what became of a call, by the key in its metadata. */
export async function lookUpCall(ctx: Context, asked: Asked): Promise<CallOutcome> {
  const { kind, key, reference } = asked;
  try {
    requireProvider(ctx, asked);
    const found = await ctx.services.payments.lookUp({ kind, key, reference });
    return found ?? { status: isKeyDead(ctx, asked) ? 'never-sent' : 'not-found' };
  } catch (error) {
    return { status: 'unknown', error };
  }
}

/** What the row of an unknown outcome says of it. */
export const unknownReason = (error: unknown): string => (error instanceof Error ? error.message : String(error)) || 'No answer.';
