import { DeadlineError, within } from '@assay/runtime';
import type { Logger } from '../logger.ts';

/** Details that are safe to show publicly. */
export type Details = Record<string, string | number | boolean>;

/** One thing that health depends on. */
export interface Probe {
  /** As `/health` calls it. */
  name: string;
  /** Without it the product is down; otherwise it is degraded. */
  required: boolean;
  /** Looks. `ok: false`, an error and no answer in time are the same to a health checker. */
  check: () => Promise<{ ok: boolean; details?: Details }>;
}

export interface Finding {
  status: 'healthy' | 'degraded' | 'unhealthy';
  latencyMs: number;
  details: Details;
}

export interface Probes {
  readonly names: readonly string[];
  /** Never throws, and answers within {@link PROBE_WITHIN_MS}. */
  look(name: string): Promise<Finding>;
  /** Whether each part was healthy when it was last looked at. */
  last(): ReadonlyMap<string, boolean>;
}

/** What hangs must not make health checkers hang: they would learn nothing. */
export const PROBE_WITHIN_MS = 2000;

/**
 * Runs probes. Requests while one is running share it, so that many health checkers, or impatient ones, do not ask a
 * database that is in trouble already more than once at a time.
 */
export function createProbes(table: readonly Probe[], log: Logger, withinMs = PROBE_WITHIN_MS): Probes {
  const running = new Map<string, Promise<{ ok: boolean; details?: Details }>>();
  const failing = new Set<string>();

  const share = ({ name, check }: Probe) => {
    let run = running.get(name);
    if (!run) {
      run = Promise.resolve()
        .then(check)
        .finally(() => running.delete(name));
      running.set(name, run);
    }
    return run;
  };

  /** Says it once when something begins to fail, and once when that is over. */
  const note = (name: string, { ok, details }: { ok: boolean; details: Details }, error: unknown) => {
    if (ok && failing.delete(name)) log.info({ probe: name }, 'healthy again');
    if (ok || failing.has(name)) return;
    failing.add(name);
    log.error({ probe: name, ...details, ...(error ? { err: error } : {}) }, 'not healthy');
  };

  const look = async (probe: Probe): Promise<Finding> => {
    const begun = performance.now();
    let error: unknown;
    const { ok, details = {} } = await within(withinMs, share(probe)).catch((thrown: unknown) => {
      if (thrown instanceof DeadlineError) return { ok: false, details: { reason: 'no answer in time' } };
      error = thrown;
      return { ok: false, details: { reason: 'failed' } };
    });
    note(probe.name, { ok, details }, error);
    return {
      status: ok ? 'healthy' : probe.required ? 'unhealthy' : 'degraded',
      latencyMs: Math.round((performance.now() - begun) * 10) / 10,
      details,
    };
  };

  return {
    names: table.map(({ name }) => name),
    look: (name) => look(table.find((probe) => probe.name === name)!),
    last: () => new Map(table.map(({ name }) => [name, !failing.has(name)])),
  };
}
