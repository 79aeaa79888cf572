import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@assay/telemetry/logging';
import { beginServerSpan, inSpan, startTracing, stopTracing } from '@assay/telemetry/tracing';
import { afterEach, describe, expect, it } from 'vitest';
import { isSignedByContract } from './contract-wallets.ts';
import { s3Files } from './images/s3-files.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A service that sends its callers on to another address. */
async function redirecting(status = 307) {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    if (req.url === '/elsewhere')
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"jsonrpc":"2.0","id":1,"result":"0x01"}');
    else res.writeHead(status, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => (server.closeAllConnections(), server.close()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe.each([302, 307])('a service that answers %i is not followed', (status) => {
  it('where images are stored', async () => {
    const { url, asked } = await redirecting(status);
    const files = s3Files({ endpoint: url, bucket: 'images', region: 'auto', accessKeyId: 'key', secretAccessKey: 'secret' });
    await expect(files.read('media/a')).rejects.toThrow();
    await expect(files.put('media/a', new Uint8Array([1]), 'image/webp')).rejects.toThrow();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked).not.toContain('/elsewhere');
  });

  it('where signatures of contracts are checked', async () => {
    const { url, asked } = await redirecting(status);
    const signed = { address: `0x${'1'.repeat(40)}`, hash: `0x${'2'.repeat(64)}`, signature: `0x${'3'.repeat(130)}` } as const;
    await expect(isSignedByContract(url, signed, createLogger('silent', 'test'))).rejects.toMatchObject({
      code: 'WALLET_NOT_CHECKED',
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked).not.toContain('/elsewhere');
  });

  it('where spans are sent', async () => {
    const { url, asked } = await redirecting(status);
    const settings = { url: `${url}/v1/traces`, headers: {}, service: 'test', version: '1', sampler: 'always_on', ratio: 1 } as const;
    await startTracing(settings, () => {});
    const span = beginServerSpan({}, 'GET', 'request-1')!;
    span.run(() => inSpan({ name: 'work' }, () => {}));
    span.end('GET /', 200);
    await stopTracing();
    expect(asked).toContain('/v1/traces');
    expect(asked).not.toContain('/elsewhere');
  });
});
