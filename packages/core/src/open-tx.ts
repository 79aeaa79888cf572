import { FACTS, TASK_INPUTS, type FactName, type FactPayload } from '@assay/contract';
import type { Actor } from './kernel/actor.ts';
import type { Reads, Tx } from './kernel/context.ts';
import type { FactCount } from './kernel/event.ts';
import { auditRecord } from './kernel/records.ts';
import type { Repositories } from './kernel/repositories.ts';
import type { ReportSecurityEvent } from './kernel/security-event.ts';
import { reactionOf } from './reactions.ts';

/** What one attempt at a change did that matters once it is committed. */
export interface ChangeLog {
  /** Facts were published: listeners have something to read. */
  published: boolean;
  /** Entries of a cache of this process are wrong once this is committed. */
  invalidated: boolean;
  /** Tasks were added. */
  enqueued: boolean;
  counts: FactCount[];
  securityEvents: Parameters<ReportSecurityEvent>[];
}

export const emptyChangeLog = (): ChangeLog => ({ published: false, invalidated: false, enqueued: false, counts: [], securityEvents: [] });

/**
 * Opens a change over the repositories of one transaction.
 * @param log notes what is to be done after the commit
 */
export function openTx(reads: Reads, repos: Repositories, log: ChangeLog): Tx {
  const at = reads.now();
  const { requestId, addressPrefix, pure, settings, now } = reads;
  const forActor = (actor: Actor): Tx => {
    const tx: Tx = {
      actor,
      requestId,
      addressPrefix,
      securityEvent: (...event) => void log.securityEvents.push(event),
      repos,
      pure,
      settings,
      now,
      at,
      publish: (name, fact) => publish(tx, log, name, fact),
      audit: (action, entity, id, detail) => repos.audit.append(auditRecord(tx, action, entity, id, detail)),
      async enqueue(name, input, { key = null, notBefore = at }: { key?: string | null; notBefore?: Date } = {}) {
        await repos.tasks.add({ name, key, input: JSON.stringify(TASK_INPUTS[name].parse(input)), notBefore }, at);
        log.enqueued = true;
      },
      as: forActor,
    };
    return tx;
  };
  return forActor(reads.actor);
}

async function publish<N extends FactName>(tx: Tx, log: ChangeLog, name: N, fact: FactPayload<N>): Promise<void> {
  const payload = FACTS[name].payload.parse(fact) as FactPayload<N>;
  const { cache, sessions, count, within = [] } = reactionOf(name);
  const id = await tx.repos.outbox.append(name, payload, tx.at);
  log.published = true;
  const invalidation = cache?.(payload);
  if (invalidation) {
    await tx.repos.invalidations.add(id, invalidation, tx.at);
    log.invalidated = true;
  }
  if (sessions) log.invalidated = true;
  const counted = count?.(payload);
  if (counted) log.counts.push(counted);
  for (const react of within) await react(tx, payload);
}
