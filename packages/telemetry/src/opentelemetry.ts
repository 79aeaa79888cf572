import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Span,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { parseTraceParent, setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import { atMostOnceAMinute } from './seldom.ts';
import { scrub } from './scrub.ts';
import type { TracingSettings } from './settings.ts';
import type { SpanDescription, Tracer } from './tracing.ts';

const FLUSH_MS = 3000;
const EXPORT_MS = 5000;
const SERVER_SPAN = createContextKey('assay.server-span');
const NAMED = new WeakSet<Span>();
const KINDS = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT };

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  const root = sampler.endsWith('always_off')
    ? new AlwaysOffSampler()
    : sampler.endsWith('always_on')
      ? new AlwaysOnSampler()
      : new TraceIdRatioBasedSampler(ratio);
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

/** Registers OpenTelemetry for this process. Spans leave in batches, every second; when the collector is away they are dropped. */
export function openTracer(settings: TracingSettings, warn: (reason: string) => void): Tracer {
  const warnSeldom = atMostOnceAMinute(warn);
  setGlobalErrorHandler((error) => warnSeldom(scrub(error instanceof Error ? error.message : 'The collector did not take the spans.')));
  const exporter = new OTLPTraceExporter({ url: settings.url, headers: settings.headers, timeoutMillis: EXPORT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': settings.service,
      'service.version': settings.version,
      'service.instance.id': `${settings.service}-${process.pid}`,
    }),
    sampler: samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1000, exportTimeoutMillis: EXPORT_MS })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator()); // no baggage: it would carry what others put in
  const tracer = provider.getTracer('assay');

  const runIn = <T>(span: Span, work: () => T): T => context.with(trace.setSpan(context.active(), span), () => untilEnd(span, work));
  const describe = ({ kind = 'internal', attributes = {} }: SpanDescription) => ({ kind: KINDS[kind], attributes });
  return {
    inSpan: (span, work) => (trace.getActiveSpan() ? runIn(tracer.startSpan(span.name, describe(span)), work) : work()),

    inJob(span, cause, work) {
      const causedBy = cause ? parseTraceParent(cause) : null;
      const links = causedBy ? [{ context: { ...causedBy, isRemote: true } }] : [];
      return context.with(ROOT_CONTEXT, () => runIn(tracer.startSpan(span.name, { ...describe(span), root: true, links }), work));
    },

    serverSpan(headers, method, requestId) {
      const from = propagation.extract(ROOT_CONTEXT, headers);
      const attributes = { 'http.request.method': method, 'assay.request_id': requestId };
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, from);
      const own = trace.setSpan(from, span).setValue(SERVER_SPAN, span);
      return {
        traceId: span.spanContext().traceId,
        run: (work) => context.with(own, work),
        end(name, status) {
          if (!NAMED.has(span)) nameSpan(span, name);
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },

    nameRequest(name) {
      const span = context.active().getValue(SERVER_SPAN) as Span | undefined;
      if (!span) return;
      nameSpan(span, name);
      NAMED.add(span);
    },

    detached: (work) => context.with(ROOT_CONTEXT, work),

    headers() {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      return headers;
    },

    traceId() {
      const known = trace.getActiveSpan()?.spanContext();
      return known && known.traceFlags & TraceFlags.SAMPLED ? known.traceId : undefined;
    },

    async stop() {
      const late = new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref());
      await Promise.race([provider.shutdown().catch(() => {}), late]);
    },
  };
}

/** "GET /api/v1/orders/:id" is named so, and is the route without its method. */
function nameSpan(span: Span, name: string): void {
  span.updateName(name);
  span.setAttribute('http.route', name.replace(/^[A-Z]+ (?=\/)/, ''));
}

/** Ends the span when the work has ended, however that is. */
function untilEnd<T>(span: Span, work: () => T): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    noteFailure(span, error);
    span.end();
    throw error;
  }
  if (typeof (result as PromiseLike<unknown> | undefined)?.then === 'function')
    return untilSettled(span, result as PromiseLike<unknown>) as T;
  span.end();
  return result;
}

async function untilSettled(span: Span, result: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    noteFailure(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Its kind alone: a message may hold a person's data, and stands, scrubbed, in the log. */
function noteFailure(span: Span, error: unknown): void {
  const { name, code } = (error ?? {}) as { name?: string; code?: unknown };
  span.setAttribute('error.type', typeof code === 'string' ? code : (name ?? 'unknown'));
  if (name !== 'AppError') span.setStatus({ code: SpanStatusCode.ERROR }); // a refusal is an answer
}
