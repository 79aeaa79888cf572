import type { IncomingHttpHeaders } from 'node:http';
import type { TracingSettings } from './settings.ts';

/** Attributes of a span: names and numbers of the product, no input and no personal data. */
export type Attributes = Record<string, string | number | boolean>;

export interface SpanDescription {
  /** Of few kinds: "UPDATE Users", never an address with an id in it. */
  name: string;
  /** client: waits for another process. */
  kind?: 'internal' | 'client';
  attributes?: Attributes;
}

/** The span of a request that this process answers. */
export interface ServerSpan {
  readonly traceId: string;
  /** Runs `work`; everything that it starts, now or later, belongs to the request. */
  run<T>(work: () => T): T;
  /** @param name what the request is counted under; a name that was given by {@link nameRequest} goes before it */
  end(name: string, status: number): void;
}

/** OpenTelemetry's side, loaded only when tracing is configured. */
export interface Tracer {
  inSpan<T>(span: SpanDescription, work: () => T): T;
  inJob<T>(span: SpanDescription, cause: string | null, work: () => T): T;
  serverSpan(headers: IncomingHttpHeaders, method: string, requestId: string): ServerSpan;
  nameRequest(name: string): void;
  detached<T>(work: () => T): T;
  headers(): Record<string, string>;
  traceId(): string | undefined;
  stop(): Promise<void>;
}

let tracer: Tracer | null = null;

/**
 * Begins to trace this process; without settings nothing is loaded, and everything below only runs its work.
 * @param warn called at most once a minute while the collector does not accept spans
 */
export async function startTracing(settings: TracingSettings | null, warn: (reason: string) => void): Promise<void> {
  if (settings) tracer = (await import('./opentelemetry.ts')).openTracer(settings, warn);
}

/** Sends what is left, for at most three seconds. */
export async function stopTracing(): Promise<void> {
  const stopping = tracer;
  tracer = null;
  await stopping?.stop();
}

export const isTracing = (): boolean => tracer !== null;

/** Runs `work` in a span of its own where it belongs to something that is traced; the polls of the clock are not. */
export const inSpan = <T>(span: SpanDescription, work: () => T): T => (tracer ? tracer.inSpan(span, work) : work());

/**
 * Runs a job in a trace of its own.
 * @param cause `traceparent` of what asked for it: the two are linked
 */
export const inJob = <T>(span: SpanDescription, cause: string | null, work: () => T): T =>
  tracer ? tracer.inJob(span, cause, work) : work();

/**
 * Begins the span of a request, in the trace that its headers name. Null when nothing is traced.
 * @param headers of a caller who is trusted: strangers do not decide what is recorded
 */
export const beginServerSpan = (headers: IncomingHttpHeaders, method: string, requestId: string): ServerSpan | null =>
  tracer ? tracer.serverSpan(headers, method, requestId) : null;

/** Says what the request is that is answered now: "GET /sellers/[id]". */
export const nameRequest = (name: string): void => tracer?.nameRequest(name);

/** Runs `work` that outlives the request which happens to begin it. */
export const detached = <T>(work: () => T): T => (tracer ? tracer.detached(work) : work());

/** Headers that carry the trace to another process (W3C Trace Context); none when nothing is traced. */
export const traceHeaders = (): Record<string, string> => tracer?.headers() ?? {};

/** What {@link inJob} is given later, by another process perhaps. */
export const traceParent = (): string | null => traceHeaders().traceparent ?? null;

export const traceId = (): string | undefined => tracer?.traceId();
