import { LINK_PAGES } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { describeError, HAS_SECRET, scrub } from './scrub.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWl0';
const REFRESH = `3f2504e0-4f89-41d3-9a0c-0305e82c3301.${'aB3_'.repeat(10)}xyz`;

describe('what may be logged', () => {
  it.each([
    ['mail from ada.byron+shop@mail.example.org was refused', 'mail from [e-mail] was refused'],
    ['GET /x?email=ada%40mail.example failed', 'GET /x?… failed'],
    ['ada%40mail.example', '[e-mail]'],
    [`token ${JWT} has expired`, 'token [token] has expired'],
    [`refresh ${REFRESH}.`, 'refresh [token].'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [token]'],
    ['connect redis://user:pass@10.0.0.1:6379 failed', 'connect redis://[credentials]@10.0.0.1:6379 failed'],
    ['sqlserver://db:1433;user=sa;password={a;b};encrypt=true', 'sqlserver://db:1433;user=sa;password=[secret];encrypt=true'],
    ['The duplicate key value is (ada, 7).', 'The duplicate key value is (…).'],
    ['https://sentry.example/api/7/envelope/?sentry_key=abc said no', 'https://sentry.example/api/7/envelope/?… said no'],
    ['SELECT 1 WHERE a = ? AND b = ?', 'SELECT 1 WHERE a = ? AND b = ?'],
    ['Invalid `prisma.user.create()` invocation', 'Invalid `prisma.user.create()` invocation'],
  ])('%s', (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it.each(Object.values(LINK_PAGES))('hides the token of a link to %s, however the path is written', (page) => {
    const encoded = encodeURIComponent(page);
    for (const [text, scrubbed] of [
      [`GET ${page}aB3_-aB3_/__data.json failed`, `GET ${page}[token]/__data.json failed`],
      [`https://shop.example${page}%61B3_.x`, `https://shop.example${page}[token]`],
      [`${encoded}aB3_-aB3_`, `${encoded}[token]`],
      [`${encoded.toLowerCase()}aB3_-aB3_`, `${encoded.toLowerCase()}[token]`],
      [`"${page}${'a'.repeat(400)}"`, `"${page}[token]"`],
    ] as const) {
      expect(scrub(text)).toBe(scrubbed);
      expect(HAS_SECRET.test(text), text).toBe(true);
    }
    expect(scrub(`GET ${page} and ${page.slice(0, -1)} failed`)).toBe(`GET ${page} and ${page.slice(0, -1)} failed`);
  });

  it('is cut short, and takes no longer for a text that is made to take long', () => {
    const begun = performance.now();
    for (const part of ['a', 'a.', '/a', 'eyJa.', '%40a.', 'a@a']) expect(scrub(part.repeat(100_000)).length).toBeLessThanOrEqual(20_000);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it.each([
    '@-eyJ',
    '@-eyJ-',
    '-eyJaaaaa.',
    'eyJ',
    '/',
    '//a',
    'https://',
    'a-',
    '0-',
    '@a.',
    'password=',
    '/reset/',
    '/reset/a',
    '%2Freset',
    'Bearer a',
    'a://',
  ])('takes as long for twice as much of “%s” as twice, and no more', (part) => {
    const took = (length: number) => {
      const text = part.repeat(length / part.length).slice(0, length - 1);
      return Math.min(
        ...Array.from({ length: 7 }, () => {
          const begun = process.cpuUsage(); // of this process alone, however busy the machine is
          for (let i = 0; i < 4; i++) scrub(text);
          const { user, system } = process.cpuUsage(begun); // a short time may be counted under either
          return (user + system) / 1000;
        }),
      );
    };
    took(1000); // the engine compiles the patterns
    // Eight times the text takes eight times as long; with a square it would be sixty-four.
    expect(took(8000)).toBeLessThan(20 * took(1000) + 2);
  });

  it('hides a token also behind other letters', () => {
    expect(scrub(`/x/@-${JWT}`)).not.toContain('eyJzdWIiOiIxIn0');
    expect(scrub(`/x/-${JWT}`)).toBe('/x/-[token]');
    expect(scrub(`a-${JWT}-b`)).not.toContain('eyJzdWIiOiIxIn0');
    expect(scrub('version 1.2.3 of eyJ.a.b')).toBe('version 1.2.3 of eyJ.a.b');
  });

  it('of an address is no query, where there is a path', () => {
    expect(scrub('url:https://a.example/b?token=1 and /c?d=2, really?yes')).toBe('url:https://a.example/b?… and /c?… really?yes');
  });

  it('of an error is what kind it is, its sentence, its code and where it was; not what it was about', () => {
    const error = Object.assign(new TypeError('no place for ada@mail.example', { cause: new Error('password=hunter2') }), {
      code: 'P2002',
      meta: { values: ['ada@mail.example'] },
    });
    const described = describeError(error);
    expect(described).toMatchObject({
      type: 'TypeError',
      message: 'no place for [e-mail]',
      code: 'P2002',
      cause: { type: 'Error', message: 'password=[secret]' },
    });
    expect(described.stack).toMatch(/^TypeError: no place for \[e-mail\]\n\s+at .*scrub\.test\.ts/);
    expect(JSON.stringify(described)).not.toMatch(/ada|hunter2/);
    const call = Object.assign(new Error('\nInvalid call:\n\n{ data: { fullName: "Ada" } }\n\nArgument `id` is missing.'), {
      name: 'PrismaClientValidationError',
    });
    expect(describeError(call).message).toBe('Argument `id` is missing.');
    expect(JSON.stringify(describeError(call))).not.toContain('Ada');
    expect(describeError({ password: 'hunter2' })).toEqual({ type: 'object', message: 'A value was thrown that is no error.' });
  });
});
