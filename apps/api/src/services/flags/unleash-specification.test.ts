import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ClientFeaturesResponse } from 'unleash-client';
import { describe, expect, it } from 'vitest';
import { UnleashProvider } from './unleash-provider.ts';

/** What does not apply to us, by the name of the specification. */
const NOT_OURS: Record<string, string> = {
  '19-delta-api-hydration': 'How an Unleash server hands over toggles: ours come from our own database.',
  '20-delta-api-events': 'How an Unleash server hands over changes: ours are events of our own outbox.',
};

interface Vector<Result> {
  description: string;
  context: Record<string, unknown> & { properties?: Record<string, unknown> };
  toggleName: string;
  expectedResult: Result;
}
interface Specification {
  name: string;
  state: Pick<ClientFeaturesResponse, 'features' | 'segments'>;
  tests?: Vector<boolean>[];
  variantTests?: Vector<{ name: string; payload?: unknown; enabled: boolean; feature_enabled: boolean }>[];
}

const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@unleash/client-specification/package.json')),
  'specifications',
);
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
const specifications = (read('index.json') as string[]).map((file) => read(file) as Specification);

/** A context of the specification as OpenFeature has it: one level of names. */
const flat = ({ properties, ...fields }: Vector<unknown>['context']) => ({ ...properties, ...fields }) as Record<string, string>;

describe('the Unleash client specification', () => {
  it('is there whole, and nothing else is left out of it', () => {
    expect(specifications.length).toBeGreaterThanOrEqual(22);
    expect(specifications.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(NOT_OURS)));
    for (const { name, tests = [], variantTests = [] } of specifications)
      expect(tests.length + variantTests.length, name).toBeGreaterThan(0);
  });

  describe.each(specifications.filter(({ name }) => !NOT_OURS[name]))('$name', ({ state, tests = [], variantTests = [] }) => {
    const provider = new UnleashProvider();
    provider.load(state.features, state.segments);
    const ready = provider.initialize();

    it.each(tests)('$description', async ({ context, toggleName, expectedResult }) => {
      await ready;
      expect(provider.evaluate(toggleName, flat(context)).value).toBe(expectedResult);
    });

    it.each(variantTests)('$description (variant)', async ({ context, toggleName, expectedResult }) => {
      await ready;
      const { name, payload, enabled, feature_enabled } = provider.evaluate(toggleName, flat(context)).variant;
      expect({ name, enabled, feature_enabled, ...(payload ? { payload } : {}) }).toEqual(expectedResult);
    });
  });
});
