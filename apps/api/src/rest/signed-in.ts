import type { SecondFactorNeeded, SignedIn } from '@assay/contract';
import type { OpenedSession, SignInOutcome } from '@assay/core';
import type { Request, Response } from 'express';
import { clearChallengeCookie, setChallengeCookie, setSignInCookies } from '../http/auth.ts';
import type { KnownDevices } from '../services/devices.ts';
import type { Tokens } from '../services/tokens.ts';

/** Hands a sign-in out: the cookies of the session and of the device, or that of the challenge. */
export interface HandOut {
  session(req: Request, res: Response, session: OpenedSession): SignedIn;
  outcome(req: Request, res: Response, outcome: SignInOutcome): SignedIn | SecondFactorNeeded;
}

export function handOut(tokens: Tokens, devices: KnownDevices): HandOut {
  return {
    session(req, res, session) {
      setSignInCookies(req, res, session, { tokens, devices });
      clearChallengeCookie(req, res);
      return session.answer;
    },
    outcome(req, res, outcome) {
      if (!('challenge' in outcome)) return this.session(req, res, outcome);
      setChallengeCookie(req, res, outcome.challenge);
      return outcome.challenge;
    },
  };
}
