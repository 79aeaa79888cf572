import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadOwnVariables, readConfig, VARIABLES } from './config.ts';

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

  it('reaches the API of another machine by TLS in production, or by name', () => {
    const API_URL = 'http://api.internal:3001';
    expect(refusal({ API_URL, NODE_ENV: 'production' })).toEqual([
      'The configuration is wrong:',
      '  API_URL leads to api.internal without TLS: use https://, or name the host in PLAINTEXT_HOSTS',
    ]);
    expect(readConfig({ API_URL }).apiUrl).toBe(API_URL);
    for (const rest of [{ API_URL, PLAINTEXT_HOSTS: 'api.internal' }, { API_URL: 'https://api.internal' }, {}])
      expect(() => readConfig({ ...rest, NODE_ENV: 'production' })).not.toThrow();
  });

  it('of a file takes its own variables, and no secret of the API', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-web-'));
    const file = path.join(folder, '.env');
    writeFileSync(
      file,
      'PORT=3007\nLOG_LEVEL="warn"\nJWT_SECRET=secret\nDATABASE_URL=sqlserver://db;password=secret\nS3_SECRET_ACCESS_KEY=secret\n',
    );
    const environment: Record<string, string> = { PORT: '3000' };
    loadOwnVariables(file, environment);
    expect(environment).toEqual({ PORT: '3000', LOG_LEVEL: 'warn' });
    loadOwnVariables(path.join(folder, 'none'), environment);
    rmSync(folder, { recursive: true });
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
