import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSecretFiles } from './secret-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (content: string, mode = 0o600) => {
  const name = path.join(folder, `secret-${mode.toString(8)}-${content.length}`);
  writeFileSync(name, content);
  chmodSync(name, mode);
  return name;
};
const NAMES = ['JWT_SECRET', 'SMTP_URL'];

describe('a secret in a file', () => {
  it('is the value of its variable, without the line break at its end', () => {
    for (const mode of [0o400, 0o600, 0o640])
      expect(readSecretFiles({ JWT_SECRET_FILE: file('a secret\n', mode), PORT: '1' }, NAMES)).toEqual({
        environment: { JWT_SECRET: 'a secret', PORT: '1' },
        problems: [],
      });
  });

  it('is refused where other users of the machine can read or change it', () => {
    for (const mode of [0o644, 0o604, 0o602])
      expect(readSecretFiles({ JWT_SECRET_FILE: file('a secret', mode) }, NAMES)).toEqual({
        environment: {},
        problems: [expect.stringMatching(/^JWT_SECRET_FILE names a file that each user/)],
      });
  });

  it('is refused where it is not there, is empty, or the variable has another value; all at once, and no content is printed', () => {
    const { problems } = readSecretFiles({ JWT_SECRET_FILE: path.join(folder, 'none'), SMTP_URL_FILE: file(' \n') }, NAMES);
    expect(problems).toEqual([expect.stringMatching(/^JWT_SECRET_FILE .*none/), 'SMTP_URL_FILE names an empty file']);
    const both = readSecretFiles({ JWT_SECRET: 'hidden', JWT_SECRET_FILE: file('hidden too') }, NAMES).problems;
    expect(both).toEqual(['JWT_SECRET_FILE and JWT_SECRET are both set: remove one']);
  });

  it('an empty variable names none, and those of other programs stay', () => {
    const environment = { JWT_SECRET: 'x', SSL_CERT_FILE: '/etc/ssl/cert.pem' };
    expect(readSecretFiles({ ...environment, JWT_SECRET_FILE: '' }, NAMES)).toEqual({ environment, problems: [] });
  });
});
