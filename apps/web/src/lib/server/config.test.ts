import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from './config.ts';

const refusal = (environment: Record<string, string>) => {
  try {
    return readConfig(environment);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

describe('the configuration of the web process', () => {
  it('needs nothing, and takes an empty variable for an absent one', () => {
    const defaults = readConfig({});
    expect(defaults).toEqual({
      buildDir: null,
      port: 3000,
      host: '127.0.0.1',
      apiUrl: 'http://127.0.0.1:3001',
      trustProxy: 'loopback',
      requestTimeoutMs: 20_000,
      drainNoticeMs: 1000,
      runtimeDir: './data/run',
      worker: null,
      watchdog: { hangTimeoutMs: 15_000, errorLog: null },
      cdnOrigin: null,
      publicOrigin: null,
      logLevel: 'info',
      tracing: null,
      errors: null,
    });
    expect(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, ''])))).toEqual(defaults);
  });

  it('reads the API’s address with or without a slash at its end', () => {
    for (const url of ['https://api.example:8443', 'https://api.example:8443/'])
      expect(readConfig({ API_URL: url }).apiUrl).toBe('https://api.example:8443');
  });

  it('knows where people reach the pages, without a path', () => {
    expect(readConfig({ PUBLIC_URL: 'https://shop.example/' }).publicOrigin).toBe('https://shop.example');
    expect(refusal({ PUBLIC_URL: 'shop.example' })).toContainEqual(expect.stringContaining('PUBLIC_URL is an address'));
  });

  it('names every wrong variable at once', () => {
    expect(refusal({ PORT: '65536', API_URL: 'the api', REQUEST_TIMEOUT_MS: '1e4', LOG_LEVEL: 'loud', HOST: '0.0.0.0' })).toEqual([
      'The configuration is wrong:',
      '  PORT is a whole number from 0 to 65535',
      '  API_URL is an address such as http://127.0.0.1:3001',
      '  REQUEST_TIMEOUT_MS is a whole number from 1000 to 600000',
      '  LOG_LEVEL is fatal, error, warn, info, debug, trace or silent',
    ]);
  });
});
