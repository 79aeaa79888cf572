import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { telemetrySettings, telemetryVariables } from './settings.ts';

const Variables = z.object(telemetryVariables);
const read = (given: Record<string, string>) =>
  telemetrySettings(Variables.parse(given), { service: 'marketplace-api', environment: 'test' });

describe('the variables of traces and reports', () => {
  it('mean nothing until they name a place', () => {
    expect(read({ OTEL_SERVICE_NAME: 'x', OTEL_TRACES_SAMPLER: 'always_on', SENTRY_RELEASE: 'y' })).toEqual({
      tracing: null,
      errors: null,
    });
  });

  it('mean what OpenTelemetry and Sentry say that they mean', () => {
    const { tracing, errors } = read({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/',
      OTEL_EXPORTER_OTLP_HEADERS: 'Api-Key=a%2Cb, tenant = shop',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
      SENTRY_DSN: 'https://0123abc@sentry.example/sub/42',
    });
    expect(tracing).toMatchObject({
      url: 'https://collector.example/otlp/v1/traces',
      headers: { 'api-key': 'a,b', tenant: 'shop' },
      service: 'marketplace-api',
      sampler: 'parentbased_traceidratio',
      ratio: 0.05,
    });
    expect(errors).toMatchObject({
      environment: 'test',
      release: expect.stringMatching(/^assay@\d/) as string,
      service: 'marketplace-api',
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'no-value'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%zz'],
    ['OTEL_SERVICE_NAME', 'two words'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['SENTRY_DSN', 'https://sentry.example/1'],
    ['SENTRY_ENVIRONMENT', 'my shop'],
  ])('%s is not %s', (name, value) => {
    expect(Variables.safeParse({ [name]: value }).error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });
});
