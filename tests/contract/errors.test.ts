import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { ERROR_REGISTER, ERRORS, type ErrorCode } from '@assay/contract';
import { createTestDatabase, restClient, startApi } from '@assay/testing';
import { expect, it } from 'vitest';

const codes = Object.keys(ERRORS) as ErrorCode[];

/** docs/errors.md. Written anew by `vitest run tests/contract/errors.test.ts --update`. */
function document(): string {
  const sections = Object.entries(ERROR_REGISTER).map(([code, { cause, caller, operator }]) => {
    const { status, message } = ERRORS[code as ErrorCode];
    const rows = [`- Cause: ${cause}`, `- Caller: ${caller}`, ...(operator ? [`- Operator: ${operator}`] : [])];
    return `## ${code}\n\nStatus ${status}. “${message}”\n\n${rows.join('\n')}\n`;
  });
  return `# Error codes

Each error carries a stable \`code\`, its HTTP status, a sentence for people and the request's id; see \`/api/docs/errors\` of a running
API. This page is written from the same table, \`packages/contract/src/error-register\`.

${sections.join('\n')}`;
}

it('the register explains each code once, and no other', () => {
  expect(Object.keys(ERROR_REGISTER).toSorted()).toEqual(codes.toSorted());
  for (const [code, { cause, caller, operator }] of Object.entries(ERROR_REGISTER))
    for (const text of [cause, caller, operator ?? '.']) expect(text, code).toMatch(/[.]$/);
});

it('each code is one that the product gives', () => {
  const sources = ['apps/api/src', 'apps/web/server.ts', 'packages/client/src', 'packages/core/src', 'packages/database/src'].flatMap(
    (place) =>
      place.endsWith('.ts')
        ? [place]
        : readdirSync(path.join(ROOT, place), { recursive: true, encoding: 'utf8' }).map((file) => path.join(place, file)),
  );
  const text = sources
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('generated'))
    .map((file) => readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/@throws.*/g, ''))
    .join('\n');
  expect(codes.filter((code) => !new RegExp(`['"]${code}['"]|ERRORS\\.${code}\\b`).test(text))).toEqual([]);
});

it('docs/errors.md says the same', () => expect(document()).toMatchFileSnapshot(path.join(ROOT, 'docs/errors.md')));

it('a problem’s type leads to its explanation', async () => {
  const db = await createTestDatabase('sqlite');
  const api = await startApi(db);
  try {
    const { body } = await restClient(api.url).get('/ratings/mine');
    const { pathname, hash } = new URL(body.type, api.url);
    const page = await fetch(api.url + pathname);
    expect([page.status, hash]).toEqual([200, '#UNAUTHENTICATED']);
    const html = await page.text();
    for (const code of codes) expect(html).toContain(`<section id="${code}">`);
    expect(html).not.toContain('`');
  } finally {
    await api.close();
    await db.drop();
  }
});
