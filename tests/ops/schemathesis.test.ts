import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { completeOrders, createPerson, createSeller, createTestDatabase, startApi } from '@assay/testing';
import { expect, it } from 'vitest';
import { findSchemathesis } from '../../scripts/lib/test-tools.ts';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'ignored_auth',
  // Not positive_data_acceptance: what a cursor, an e-mail address or clean text is, a JSON schema cannot say as exactly as we do.
];

it('every endpoint of the OpenAPI document survives what a machine makes up from it, and answers as it says', async () => {
  const schemathesis = findSchemathesis();
  if (!schemathesis)
    throw new Error(
      'Schemathesis is missing. Install Python 3.10 or newer with venv (Debian: sudo apt-get install python3-venv) and run npm test again.',
    );
  const db = await createTestDatabase('sqlite');
  const api = await startApi(db);
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-schemathesis-'));
  try {
    const everybody = await createPerson(db.database, ['buyer', 'seller', 'admin', 'ops']);
    await completeOrders(db.database, await createSeller(db.database), [everybody.id]);
    // Some endpoints end the caller's session, and the others would be tried without one from then on.
    await db.database.prisma.$executeRawUnsafe(`
      CREATE TRIGGER KeepSession AFTER UPDATE OF RevokedAt ON Sessions WHEN NEW.UserId = ${everybody.id} AND NEW.RevokedAt IS NOT NULL
      BEGIN UPDATE Sessions SET RevokedAt = NULL WHERE Id = NEW.Id; END`);
    const options = ['--seed=1', '--max-examples=3', '--phases=examples,coverage,fuzzing', `--checks=${CHECKS.join(',')}`];
    const quiet = ['--no-color', '--warnings=off', '--continue-on-failure', '--request-timeout=30', '--workers=1']; // two threads meet a fault of Python 3.11
    const token = ['--header', `Authorization: Bearer ${api.tokenFor(everybody)}`];
    const { code, output } = await run(schemathesis, ['run', `${api.url}/api/openapi.json`, ...options, ...quiet, ...token], dir);
    expect(code, output).toBe(0);
    const [, selected, all] = /Selected: (\d+)\/(\d+)/.exec(output)!;
    expect([selected, Number(all) > 50]).toEqual([all, true]);
  } finally {
    await api.close();
    await db.drop();
    rmSync(dir, { recursive: true, force: true });
  }
}, 300_000);

function run(command: string, args: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });
}
