import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Provider } from '@openfeature/server-sdk';
import { ROOT } from '../../config.ts';

/**
 * A team's own OpenFeature provider: what a module exports as default, a provider or a function that makes one.
 * @param module a path from the root (./flags/provider.ts) or the name of a package; null for the product's own flags
 * @throws Error when it exports no provider
 */
export async function ownProvider(module: string | null): Promise<Provider | null> {
  if (module === null) return null;
  const name = /^[./]/.test(module) ? pathToFileURL(path.resolve(ROOT, module)).href : module;
  const { default: made } = (await import(name)) as { default?: Provider | (() => Provider | Promise<Provider>) };
  const provider = typeof made === 'function' ? await made() : made;
  if (typeof provider?.resolveBooleanEvaluation !== 'function')
    throw new Error(`FEATURE_FLAG_PROVIDER: ${module} does not export an OpenFeature provider as default.`);
  return provider;
}
