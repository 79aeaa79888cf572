import { expect, it } from 'vitest';
import { VARIABLES } from './config.ts';
import { describeUnused } from './documents-variables.ts';

it('variables of the documents that have no effect are named in one sentence, without their values', () => {
  expect(describeUnused({ DATADOG_API_KEY: 'k3y', FRONTEND_URL: 'https://x.example', WS_URL: '', JWT_SECRET: 's' })).toBe(
    'Set without effect: DATADOG_API_KEY (set OTEL_EXPORTER_OTLP_ENDPOINT to the Datadog agent), FRONTEND_URL (set PUBLIC_URL).',
  );
  expect(describeUnused({ JWT_SECRET: 's' })).toBeNull();
  for (const name of VARIABLES) expect(describeUnused({ [name]: 'x' })).toBeNull();
});
