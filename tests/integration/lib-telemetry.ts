import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { jwtTokens } from '@assay/api';
import { sessionIdOf, testEnvironment, type Person, type Receiver, type TestDatabase } from '@assay/testing';

export const EMAIL = 'private.person@mail.example';
export const PASSWORD = 'wholly private words';

/** A module that a process loads before its own: variables for it, and where the module is. */
export function preload(code: string): { variables: Record<string, string>; folder: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-telemetry-'));
  const file = path.join(folder, 'preload.mjs');
  writeFileSync(file, code);
  return { variables: { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` }, folder };
}

export function tokenFor({ url }: Pick<TestDatabase, 'url'>, { id }: Pick<Person, 'id'>): string {
  const tokens = jwtTokens({ secret: testEnvironment(url).JWT_SECRET!, ttlS: 900 });
  return tokens.issueAccessToken({ userId: id, sessionId: sessionIdOf(id) }, new Date()).token;
}

export interface SeenSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: number;
  attributes: Record<string, string | number | boolean>;
  links: { traceId: string; spanId: string }[];
  failed: boolean;
}
type Value = { stringValue?: string; intValue?: number; doubleValue?: number; boolValue?: boolean };
interface Attribute {
  key: string;
  value: Value;
}
interface Posted {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Omit<SeenSpan, 'service' | 'attributes' | 'failed' | 'links'> & {
        attributes: Attribute[];
        links?: SeenSpan['links'];
        status: { code?: number };
      })[];
    }[];
  }[];
}

const read = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as string | number | boolean]));

/** The spans that a collector has taken (OTLP as JSON). */
export function spansOf({ received }: Receiver): SeenSpan[] {
  const resources = received.flatMap(({ body }) => (JSON.parse(body) as Posted).resourceSpans);
  return resources.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        ...span,
        service: String(read(resource.attributes)['service.name']),
        attributes: read(span.attributes),
        links: span.links ?? [],
        failed: span.status.code === 2,
      })),
  );
}

export const SERVER = 2;
export const CLIENT = 3;

/**
 * The trace of a request that went through the web to the API, null while a part of it is missing. The processes send their spans
 * at different times: each span needs its parent, each call to the API its answer. Only the caller's own span is never sent.
 */
export function wholeTrace(spans: SeenSpan[], requestId: string): SeenSpan[] | null {
  const answeredBy = (service: string) =>
    spans.find((span) => span.kind === SERVER && span.attributes['assay.request_id'] === requestId && span.service === service);
  const [web, api] = [answeredBy('marketplace-web'), answeredBy('marketplace-api')];
  if (!web || !api) return null;
  const trace = spans.filter(({ traceId }) => traceId === web.traceId);
  const hasParent = (span: SeenSpan) => span === web || trace.some(({ spanId }) => spanId === span.parentSpanId);
  const isAnswered = (span: SeenSpan) =>
    span.kind !== CLIENT ||
    span.service !== 'marketplace-web' ||
    trace.some(({ kind, parentSpanId }) => kind === SERVER && parentSpanId === span.spanId);
  return trace.every((span) => hasParent(span) && isAnswered(span)) ? trace : null;
}

export interface SeenReport {
  level: string;
  release: string;
  environment: string;
  tags: Record<string, string>;
  exception: { values: { type: string; value: string; stacktrace: { frames: { filename: string; in_app: boolean }[] } }[] };
}

/** The errors that were reported (Sentry's envelopes: a line of headers, then each item's line and its payload). */
export const reportsOf = ({ received }: Receiver): SeenReport[] =>
  received.flatMap(({ body }) => {
    const lines = body.split('\n').map((line) => (line ? (JSON.parse(line) as { type?: string }) : {}));
    return lines.flatMap((line, i) => (line.type === 'event' ? [lines[i + 1] as unknown as SeenReport] : []));
  });

export interface LogLine {
  level: string;
  time: string;
  name: string;
  pid: number;
  msg: string;
  requestId?: string;
  traceId?: string;
  [more: string]: unknown;
}

export const linesOf = (output: string): LogLine[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
