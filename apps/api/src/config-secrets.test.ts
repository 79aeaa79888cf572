import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readDatabaseTarget } from './config.ts';

const JWT_SECRET = 'q7RkT0vZ1xLw8sYp2NdHc5GmUa9EfBjK';
const read = (environment: Record<string, string> = {}) => readConfig({ JWT_SECRET, ...environment });
/** The lines of the refusal. */
const refusal = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.trim());
  }
};

describe('the configuration of the API', () => {
  it('takes secrets from files, and the database of a command too', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-config-'));
    const file = (name: string, content: string, mode = 0o600) => {
      writeFileSync(path.join(folder, name), content);
      chmodSync(path.join(folder, name), mode);
      return path.join(folder, name);
    };
    const DATABASE_URL_FILE = file('database', 'file:/srv/shop.db\n');
    const JWT_SECRET_FILE = file('jwt', `${JWT_SECRET}\n`);
    const config = readConfig({ JWT_SECRET_FILE, DATABASE_URL_FILE, NODE_ENV: 'production' });
    expect([config.jwt.secret, config.database.target]).toEqual([JWT_SECRET, { engine: 'sqlite', file: '/srv/shop.db' }]);
    expect(readDatabaseTarget({ DATABASE_URL_FILE })).toEqual({ engine: 'sqlite', file: '/srv/shop.db' });
    expect(refusal({ JWT_SECRET_FILE: file('open', JWT_SECRET, 0o644), DATABASE_URL_FILE: path.join(folder, 'none') })).toEqual([
      'The configuration is wrong:',
      expect.stringMatching(/^DATABASE_URL_FILE /),
      expect.stringMatching(/^JWT_SECRET_FILE names a file that each user/),
      expect.stringMatching(/^JWT_SECRET is missing/),
    ]);
    expect(() => readDatabaseTarget({ DATABASE_URL_FILE: path.join(folder, 'none') })).toThrow(ConfigError);
    rmSync(folder, { recursive: true });
  });

  it.each(['0.0.0.0', '10.0.0.5', '::'])('production needs a token for metrics where the API listens on %s', (API_HOST) => {
    const open = { JWT_SECRET, NODE_ENV: 'production', MAIL: 'file', PUBLIC_URL: 'https://shop.example', PAYOUT_DETAILS_KEY: 'none' };
    const serve = (environment: Record<string, string>) =>
      readConfig({ ...open, PAYMENT_PROVIDER: 'test', ...environment }, { serves: true });
    expect(() => serve({ API_HOST })).toThrow(/^The configuration is wrong:\n {2}METRICS_TOKEN is missing[^\n]+$/);
    const tokens = ['a'.repeat(32), 'b'.repeat(32)];
    expect(serve({ API_HOST, METRICS_TOKEN: tokens.join(', ') }).metricsTokens).toEqual(tokens);
    expect(read({ API_HOST }).metricsTokens).toEqual([]);
    for (const loopback of ['127.0.0.1', '127.0.0.2', '::1', 'localhost']) serve({ API_HOST: loopback });
  });

  it('Stripe needs all of its keys, of one mode; they may be in files', () => {
    const stripe = { PAYMENT_PROVIDER: 'stripe', STRIPE_SECRET_KEY: 'sk_test_1234', STRIPE_WEBHOOK_SECRET: 'whsec_1234' };
    expect(refusal({ JWT_SECRET, ...stripe })[1]).toMatch(/^STRIPE_PUBLISHABLE_KEY is missing/);
    expect(refusal({ JWT_SECRET, ...stripe, STRIPE_PUBLISHABLE_KEY: 'pk_live_1234' })[1]).toMatch(/is of live mode/);
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-secrets-'));
    const file = path.join(folder, 'key');
    writeFileSync(file, 'pk_test_1234\n', { mode: 0o600 });
    expect(read({ ...stripe, STRIPE_PUBLISHABLE_KEY_FILE: file }).stripe).toEqual({
      secretKey: 'sk_test_1234',
      publishableKey: 'pk_test_1234',
      webhookSecret: 'whsec_1234',
    });
    rmSync(folder, { recursive: true });
    expect(read({ ...stripe, PAYMENT_PROVIDER: 'test' }).stripe).toBeNull();
  });

  it('production says that uploads are not scanned, and reaches a scanner elsewhere only where its host is named', () => {
    const production = { NODE_ENV: 'production' };
    expect(read(production).warnings).toEqual(['CLAMD_URL is missing: uploaded images and documents are not scanned for malware']);
    expect(read().warnings).toEqual([]);
    expect(read({ ...production, CLAMD_URL: '/run/clamav/clamd.ctl' })).toMatchObject({
      warnings: [],
      clamd: { path: '/run/clamav/clamd.ctl' },
    });
    expect(read({ ...production, CLAMD_URL: 'tcp://localhost' }).clamd).toEqual({ host: 'localhost', port: 3310 });
    const elsewhere = { ...production, JWT_SECRET, CLAMD_URL: 'tcp://scanner.internal:3311' };
    expect(refusal(elsewhere)[1]).toMatch(/^CLAMD_URL leads to scanner\.internal without TLS/);
    expect(read({ ...elsewhere, PLAINTEXT_HOSTS: 'scanner.internal' }).clamd).toEqual({ host: 'scanner.internal', port: 3311 });
  });
});
