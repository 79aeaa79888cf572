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

  it.each(['', 'ada', 'ada@', '@example.com', 'a b@example.com', 'ada@example', 'ada@example.com\nx', `${'a'.repeat(250)}@x.eu`, null, 5])(
    'refuses the e-mail %j, once',
    (email) => {
      expect(fieldsOf({ email })).toEqual(['email']);
    },
  );

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
