import type { FactName, FactPayload, TaskInput, TaskName } from '@assay/contract';
import type { Actor } from './actor.ts';
import type { AuditAction, AuditEntity } from './audit-actions.ts';
import type { AuditDetail } from './records.ts';
import type { Repositories } from './repositories.ts';
import type { ReportSecurityEvent } from './security-event.ts';

/** What reaches outside the process: mail, files, payments. Features add their own in their `ports.ts`. */
export interface Services {}

/** Calculations that need a secret or a library, and no I/O: tokens, seals, checksums. Features add their own. */
export interface PureServices {}

/** What does not change while a process runs. Features add their own. */
export interface Settings {
  /** The address by which people reach the pages, without a slash at its end: where links in e-mails lead. */
  readonly publicUrl: string;
}

/** What every use case may ask, inside a change and outside: who acts, what time it is, where the data is. */
export interface Reads {
  readonly actor: Actor;
  readonly requestId: string;
  /** The network that the request came from, shortened: see `addressPrefix`. Null for commands, jobs and tasks. */
  readonly addressPrefix: string | null;
  readonly securityEvent: ReportSecurityEvent;
  readonly repos: Repositories;
  readonly pure: PureServices;
  readonly settings: Settings;
  readonly now: () => Date;
}

/**
 * One open change: everything in it is committed together, or not at all. It has no services, because its work may run again
 * when the database gave up for reasons of timing, or when it lost a race (`Raced`).
 */
export interface Tx extends Reads {
  /** The one moment of the change. */
  readonly at: Date;
  /** Publishes a fact once the change is committed, and does what `REACTIONS` declares for it. */
  publish<N extends FactName>(name: N, fact: FactPayload<N>): Promise<void>;
  /** Writes a record of the audit log. */
  audit<E extends AuditEntity>(action: AuditAction<E>, entity: E, entityId: number | string, detail?: AuditDetail): Promise<void>;
  /**
   * Adds a task that the worker runs once the change is committed.
   * @param options.key makes it the only task of its kind: a second one with the key is not added
   * @param options.notBefore the worker waits until then
   */
  enqueue<N extends TaskName>(name: N, input: TaskInput<N>, options?: { key?: string; notBefore?: Date }): Promise<void>;
  /** The same change on behalf of another actor: an account that signs in, for instance. */
  as(actor: Actor): Tx;
}

/** What a use case gets. Features add to it what is neither repository nor service. */
export interface Context extends Reads {
  readonly services: Services;
  /** Our own origin, as wallets sign for it; null outside of requests, and where it is not known. */
  readonly origin: string | null;
  /** The same context for another actor. */
  as(actor: Actor): Context;
  /**
   * The only way to change anything: runs `work` in one transaction, commits, and wakes those that wait for its facts. `work`
   * runs again, with another moment, when the database gave up for reasons of timing or when `work` threw `Raced`.
   * @throws AppError EDIT_CONFLICT when it lost the race too often; what `work` throws
   */
  change<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs the task with that key now, in this process, unless it is held or settled; for an answer that is better with its outcome.
   * Resolves when it is settled, or after `maxMs`: it goes on then, and is never lost.
   */
  perform(key: string, maxMs: number): Promise<void>;
}
