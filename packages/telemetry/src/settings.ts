import { readFileSync } from 'node:fs';
import { z } from 'zod';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** "api-key=abc,other=d%20e", as OpenTelemetry writes headers; null when it is something else. */
function headersOf(text: string): Record<string, string> | null {
  const pairs = text.split(',').map((pair) => /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*?)\s*$/.exec(pair));
  try {
    return Object.fromEntries(pairs.map((pair) => [pair![1]!.toLowerCase(), decodeURIComponent(pair![2]!)]));
  } catch {
    return null;
  }
}

/** The variables that every process reads in the same way, for the config modules. */
export const telemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'is an address that begins with http:// or https://' }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .refine((text) => headersOf(text) !== null, 'is names and values such as api-key=abc,other=def')
    .optional(),
  OTEL_SERVICE_NAME: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'is a name of letters, digits, dots and hyphens')
    .optional(),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS, { error: `is one of ${SAMPLERS.join(', ')}` }).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'is a share from 0 to 1')
    .transform(Number)
    .default(1),
  SENTRY_DSN: z
    .string()
    .regex(/^https?:\/\/\w+@[\w.:[\]-]+\/(\S+\/)?\d+$/, 'is an address such as https://key@sentry.example/1')
    .optional(),
  SENTRY_ENVIRONMENT: z
    .string()
    .regex(/^[^\s/]{1,64}$/, 'is a name without spaces and slashes')
    .optional(),
  SENTRY_RELEASE: z
    .string()
    .regex(/^[^\s/\\]{1,200}$/, 'is a name without spaces and slashes')
    .optional(),
};
type Variables = z.output<z.ZodObject<typeof telemetryVariables>>;

export interface TracingSettings {
  /** Where spans are posted. */
  url: string;
  headers: Record<string, string>;
  service: string;
  version: string;
  sampler: (typeof SAMPLERS)[number];
  /** Of the traces, for the samplers that take a share. */
  ratio: number;
}

export interface ErrorReportSettings {
  dsn: string;
  environment: string;
  release: string;
  service: string;
}

/** The settings of one process; null for what is not configured. */
export function telemetrySettings(
  env: Variables,
  { service, environment }: { service: string; environment: string },
): { tracing: TracingSettings | null; errors: ErrorReportSettings | null } {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const tracing = endpoint && {
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: headersOf(env.OTEL_EXPORTER_OTLP_HEADERS ?? '') ?? {},
    service: env.OTEL_SERVICE_NAME ?? service,
    version: productVersion(),
    sampler: env.OTEL_TRACES_SAMPLER,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  };
  const errors = env.SENTRY_DSN && {
    dsn: env.SENTRY_DSN,
    environment: env.SENTRY_ENVIRONMENT ?? environment,
    release: env.SENTRY_RELEASE ?? `assay@${productVersion()}`,
    service,
  };
  return { tracing: tracing || null, errors: errors || null };
}

function productVersion(): string {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
