import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { createTestDatabase, startApi } from '@assay/testing';
import { expect, it } from 'vitest';
import { seedDemo } from '../../prisma/seed/demo.ts';

const README = path.join(ROOT, 'packages/client/README.md');

it('the examples of the client’s README run, and print what they say', async () => {
  const blocks = [...readFileSync(README, 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
  expect(blocks.length).toBeGreaterThan(5);
  const db = await createTestDatabase('sqlite');
  const api = await startApi(db);
  const file = path.join(ROOT, 'packages/client', `examples-${process.pid}.tmp.ts`); // where the client's imports are found
  try {
    await seedDemo(db.database, api.container.services.passwords);
    writeFileSync(file, blocks.join('\n'));
    const { code, stdout, stderr } = await run(file, api.url);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/ offers \d+ things$/);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^\d+ sales$/),
      "VALIDATION_FAILED [ 'title' ]",
      'true 86.00',
      'no request waits any more',
      'true true true',
      expect.stringMatching(/ true$/),
      'SELLER_NOT_FOUND',
    ]);
  } finally {
    rmSync(file, { force: true });
    await api.close();
    await db.drop();
  }
});

function run(file: string, apiUrl: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', API_URL: apiUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
