import { hkdfSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { jwtTokens } from './tokens.ts';

const SECRET = 'only tests know this';
const tokens = jwtTokens({ secret: SECRET, ttlS: 900 });
const ANN = { userId: 2, sessionId: 'session-1' };
const SESSION = '9f4d0a1e-0000-4000-8000-000000000000';
const claims = { sid: 'session-1' };
const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'assay:access-token', 32));
const keyIdOf = (token: string) => jwt.decode(token, { complete: true })!.header.kid!;
const KEY_ID = keyIdOf(tokens.issueAccessToken(ANN, new Date()).token);
const OURS: jwt.SignOptions = { algorithm: 'HS256', keyid: KEY_ID, issuer: 'assay', audience: 'assay-api', subject: '2' };
const sign = (payload: object, options: jwt.SignOptions = {}, key: jwt.Secret = keyOf(SECRET)) =>
  jwt.sign(payload, key, { ...OURS, expiresIn: 900, ...options });

describe('an access token', () => {
  it('names user and session, the second time too, and when it ends', () => {
    const at = new Date();
    const { token, expiresAt } = tokens.issueAccessToken(ANN, at);
    expect([tokens.verifyAccessToken(token), tokens.verifyAccessToken(token)]).toEqual([ANN, ANN]);
    expect(expiresAt.getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000 + 900_000);
    expect((jwt.decode(token) as jwt.JwtPayload).exp! * 1000).toBe(expiresAt.getTime());
  });

  it('is refused a moment after its end, also when it was good before', () => {
    const short = jwtTokens({ secret: SECRET, ttlS: 1 });
    expect(short.verifyAccessToken(short.issueAccessToken(ANN, new Date(Date.now() - 2000)).token)).toBe(null);
  });

  it('is refused when anything about it was changed', () => {
    const { token } = tokens.issueAccessToken(ANN, new Date());
    const [head, body, signature] = token.split('.') as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: '1' })).toString(
      'base64url',
    );
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const bad of [
      `${head}.${forged}.${signature}`,
      `${none}.${body}.`,
      `${none}.${forged}.${signature}`,
      `${head}.${body}.`,
      `${token}x`,
      '',
      'a.b.c',
    ])
      expect(tokens.verifyAccessToken(bad), bad).toBe(null);
  });

  it.each([
    ['of another secret', sign(claims, {}, keyOf('another secret'))],
    ['signed with the secret itself, not with the key made of it', sign(claims, {}, SECRET)],
    ['of an unknown key', sign(claims, { keyid: 'unknown' })],
    ['of another issuer', sign(claims, { issuer: 'another' })],
    ['for another audience', sign(claims, { audience: 'another' })],
    ['of another algorithm', sign(claims, { algorithm: 'HS512' })],
    ['without a session', sign({})],
    ...['ann', ' 12', '1e3', '+5', '0', '007', '-1', '0x10', '1.0'].map((subject) => [`of the user ${subject}`, sign(claims, { subject })]),
    ['that never ends', jwt.sign(claims, keyOf(SECRET), OURS)],
  ])('%s is refused', (_name, token) => {
    expect(tokens.verifyAccessToken(sign(claims))).toEqual(ANN);
    expect(tokens.verifyAccessToken(token)).toBe(null);
  });
});

describe('a second secret', () => {
  const rotated = jwtTokens({ secret: `new, ${SECRET}`, ttlS: 900 });

  it('keeps tokens good that were made before the rotation; the first one signs', () => {
    const { token } = tokens.issueAccessToken(ANN, new Date());
    expect(rotated.verifyAccessToken(token)).toEqual(ANN);
    expect(rotated.isCsrfToken('session-1', tokens.csrfToken('session-1'))).toBe(true);
    expect(rotated.readRefreshToken(tokens.newRefreshToken(SESSION).token)?.issuedHere).toBe(true);

    const { token: newer } = rotated.issueAccessToken(ANN, new Date());
    expect(tokens.verifyAccessToken(newer)).toBe(null);
    expect(jwtTokens({ secret: 'new', ttlS: 900 }).verifyAccessToken(newer)).toEqual(ANN);
  });
});

describe('a refresh token', () => {
  it('is new each time and names its session; what is kept of it is not the token', () => {
    const sessionId = tokens.newSessionId();
    const [a, b] = [tokens.newRefreshToken(sessionId), tokens.newRefreshToken(sessionId)];
    expect(a.token).not.toBe(b.token);
    expect(tokens.readRefreshToken(a.token)).toEqual({ sessionId, hash: a.hash, issuedHere: true });
    expect(a.hash).toMatch(/^[0-9a-f]{64}$/);
    for (const bad of ['', sessionId, `${a.token}x`, a.token.slice(1), a.token.replace('.', ' '), `${a.token}\n`])
      expect(tokens.readRefreshToken(bad), bad).toBe(null);
  });

  it('shows whether it was issued here, for this session', () => {
    const { token } = tokens.newRefreshToken(SESSION);
    const secretPart = token.slice(SESSION.length);
    for (const forged of [`${SESSION}.${'A'.repeat(43)}`, `${tokens.newSessionId()}${secretPart}`, token.replace(/.{5}$/, 'AAAAA')])
      expect(tokens.readRefreshToken(forged)?.issuedHere, forged).toBe(false);
    expect(jwtTokens({ secret: 'another', ttlS: 900 }).readRefreshToken(token)?.issuedHere).toBe(false);
  });
});

describe('a CSRF token', () => {
  it('belongs to one session and one secret', () => {
    const token = tokens.csrfToken('session-1');
    expect(tokens.isCsrfToken('session-1', token)).toBe(true);
    expect(tokens.isCsrfToken('session-2', token)).toBe(false);
    expect(jwtTokens({ secret: 'another', ttlS: 900 }).isCsrfToken('session-1', token)).toBe(false);
    for (const bad of ['', token.slice(1), `${token}=`, token.replace(/.$/, 'é')]) expect(tokens.isCsrfToken('session-1', bad)).toBe(false);
  });
});
