import { describe, expect, it } from 'vitest';
import type { VerificationRow } from './ports.ts';
import { documentsState, emailState, isOpen, waitForLink, walletState } from './rules.ts';

const at = (text: string) => new Date(`2026-03-${text}:00Z`);
const NOW = at('10T12:00');
const link = { tokenHash: 'h', userId: 1, email: 'a@b', createdAt: at('10T11:00'), expiresAt: at('11T11:00'), usedAt: null };
const papers = (status: VerificationRow['status'], reason: string | null = null): VerificationRow => ({
  id: 1,
  userId: 1,
  status,
  legalName: 'Ada',
  country: 'PT',
  createdAt: at('01T00:00'),
  submittedAt: at('02T00:00'),
  decidedAt: at('03T00:00'),
  reason,
});

describe('states of verification', () => {
  it('an address is verified, waited for as long as its link is good, and expired afterwards', () => {
    expect(emailState(null, null, NOW).state).toBe('none');
    expect(emailState(null, link, NOW)).toEqual({ state: 'pending', reason: null, since: link.createdAt.toISOString() });
    expect(emailState(null, link, link.expiresAt).state).toBe('expired');
    expect(emailState(null, { ...link, usedAt: NOW }, NOW).state).toBe('none');
    expect(emailState(NOW, null, NOW)).toEqual({ state: 'verified', reason: null, since: NOW.toISOString() });
  });

  it('a linked wallet is verified', () => {
    expect(walletState(null).state).toBe('none');
    expect(walletState(NOW).state).toBe('verified');
  });

  it('papers: a draft changes nothing of what was decided before it', () => {
    expect(documentsState(null).state).toBe('none');
    expect(documentsState(papers('draft')).state).toBe('none');
    expect(documentsState(papers('submitted')).state).toBe('pending');
    expect(documentsState(papers('approved')).state).toBe('verified');
    const rejected = papers('rejected', 'Unreadable.');
    expect(documentsState(rejected)).toMatchObject({ state: 'rejected', reason: 'Unreadable.' });
    expect(documentsState(papers('draft'), rejected)).toMatchObject({ state: 'rejected', reason: 'Unreadable.' });
  });

  it('papers are open before they are handed in, and again after a rejection', () => {
    expect([null, papers('draft'), papers('rejected'), papers('submitted'), papers('approved')].map(isOpen)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('links', () => {
  const sent = (...agoMinutes: number[]) => agoMinutes.map((minutes) => new Date(NOW.getTime() - minutes * 60_000));
  it.each([
    [[], 0],
    [[2], 0],
    [[0.5], 30_000],
    [[2, 4, 6, 8], 0],
    [[2, 4, 6, 8, 60 * 23], 3_600_000],
    [[0.5, 4, 6, 8, 60 * 24 - 0.25], 30_000],
  ])('sent %j minutes ago: the next one in %i ms', (ago, wait) => expect(waitForLink(sent(...ago), NOW)).toBe(wait));
});
