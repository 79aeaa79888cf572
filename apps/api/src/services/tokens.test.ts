import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { jwtTokens } from './tokens.ts';

const SECRET = 'only tests know this';
const tokens = jwtTokens({ secret: SECRET, ttlS: 900 });
const ANN = { userId: 2, roles: ['buyer', 'seller'] as const, sessionId: 'session-1' };
const ACTOR = { kind: 'user', id: 2, roles: ['buyer', 'seller'], sessionId: 'session-1' };
const claims = { roles: ['buyer'], sid: 'session-1' };
const sign = (payload: object, options: jwt.SignOptions = {}, secret = SECRET) =>
  jwt.sign(payload, secret, { algorithm: 'HS256', issuer: 'assay', subject: '2', expiresIn: 900, ...options });

describe('an access token', () => {
  it('names the user, the second time too, and when it ends', () => {
    const at = new Date();
    const { token, expiresAt } = tokens.issueAccessToken(ANN, at);
    expect([tokens.verifyAccessToken(token), tokens.verifyAccessToken(token)]).toEqual([ACTOR, ACTOR]);
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
    ['of another secret', sign(claims, {}, 'another secret')],
    ['of another issuer', sign(claims, { issuer: 'another' })],
    ['of another algorithm', sign(claims, { algorithm: 'HS512' })],
    ['without a session', sign({ roles: [] })],
    ['without roles', sign({ sid: 'session-1' })],
    ['without a user id', sign(claims, { subject: 'ann' })],
    ['that never ends', jwt.sign(claims, SECRET, { algorithm: 'HS256', issuer: 'assay', subject: '2' })],
  ])('%s is refused', (_name, token) => {
    expect(tokens.verifyAccessToken(sign(claims))).not.toBe(null);
    expect(tokens.verifyAccessToken(token)).toBe(null);
  });

  it('gives no role that does not exist any more', () => {
    expect(tokens.verifyAccessToken(sign({ ...claims, roles: ['buyer', 'emperor'] }))?.roles).toEqual(['buyer']);
  });
});

describe('a refresh token', () => {
  it('is new each time and names its session; what is kept of it is not the token', () => {
    const sessionId = tokens.newSessionId();
    const [a, b] = [tokens.newRefreshToken(sessionId), tokens.newRefreshToken(sessionId)];
    expect(a.token).not.toBe(b.token);
    expect(tokens.readRefreshToken(a.token)).toEqual({ sessionId, hash: a.hash });
    expect(a.hash).toMatch(/^[0-9a-f]{64}$/);
    for (const bad of ['', sessionId, `${a.token}x`, a.token.slice(1), a.token.replace('.', ' '), `${a.token}\n`])
      expect(tokens.readRefreshToken(bad), bad).toBe(null);
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
