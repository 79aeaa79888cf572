import { describe, expect, it } from 'vitest';
import { RegisterInput, SignInInput } from './accounts.ts';

const person = { email: 'ada@example.com', password: 'a long passphrase', fullName: 'Ada Byron' };
const fieldsOf = (change: Record<string, unknown>) =>
  RegisterInput.safeParse({ ...person, ...change }).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('registering', () => {
  it('writes an e-mail in lower case, so that one person has one account', () => {
    expect(RegisterInput.parse({ ...person, email: '  Ada@Example.COM ' }).email).toBe('ada@example.com');
    expect(SignInInput.parse({ email: 'ADA@example.com', password: 'x' }).email).toBe('ada@example.com');
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'a b@example.com',
    'ada@-example.com',
    'ada@example.com\nx',
    `${'a'.repeat(250)}@x.eu`,
    null,
    5,
  ])('refuses the e-mail %j, once', (email) => {
    expect(fieldsOf({ email })).toEqual(['email']);
  });

  // What Chromium and Firefox accept in a field of type email (the pattern of the HTML standard).
  it.each([
    ['ada@xn--80ak6aa92e.xn--p1ai', 'ada@xn--80ak6aa92e.xn--p1ai'],
    ['ada@shop.xn--vermgensberatung-pwb', 'ada@shop.xn--vermgensberatung-pwb'],
    ['ada@Müller.example', 'ada@xn--mller-kva.example'],
    ['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
    ["o'brien!#$%&*+/=?^_`{|}~-@example.com", "o'brien!#$%&*+/=?^_`{|}~-@example.com"],
    ['.ada..byron.@example.com', '.ada..byron.@example.com'],
    ['ada@localhost', 'ada@localhost'],
    ['a@1.io', 'a@1.io'],
  ])('accepts the e-mail %s, as browsers do', (email, stored) => {
    expect(RegisterInput.parse({ ...person, email }).email).toBe(stored);
  });

  it.each([
    'ada@exa_mple.com',
    'ada@example..com',
    'ada@.com',
    `ada@${'a'.repeat(64)}.com`,
    'ädä@example.com',
    'a@b@example.com',
    'ada@é/x',
  ])('refuses the e-mail %s, as browsers do', (email) => expect(fieldsOf({ email })).toEqual(['email']));

  it('counts the characters of a password in the form that is hashed', () => {
    expect(fieldsOf({ password: 'e\u0301'.repeat(4) })).toEqual(['password']);
    expect(fieldsOf({ password: 'e\u0301'.repeat(8) })).toEqual([]);
  });

  it('keeps a password as it is, blanks included', () => {
    expect(RegisterInput.parse({ ...person, password: ' pass  word ' }).password).toBe(' pass  word ');
    expect(RegisterInput.parse({ ...person, password: 'x'.repeat(200) }).password).toHaveLength(200);
  });

  it.each(['', '1234567', 'x'.repeat(201), 'half \uD83D pair', 12_345_678, null])('refuses the password %j', (password) => {
    expect(fieldsOf({ password })).toEqual(['password']);
  });

  it('gives no role', () => {
    expect(RegisterInput.parse({ ...person, roles: ['admin'], id: 1 })).toEqual(person);
  });

  it('signs in with a password that today would be too short, but not with none', () => {
    expect(SignInInput.safeParse({ email: person.email, password: 'x' }).success).toBe(true);
    expect(SignInInput.safeParse({ email: person.email, password: '' }).success).toBe(false);
  });
});
