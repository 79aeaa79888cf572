import { rightsOf, type AccountsRepository, type SessionOwner, type UserActor } from '@assay/core';
import { processLevel } from '../cache/process-level.ts';
import { STALE_MAX_MS } from '../cache/seller-cache-manager.ts';
import type { EventFeed } from '../realtime/event-feed.ts';
import type { AccessClaims } from './tokens.ts';

/** Sessions that one process remembers. */
const SESSIONS_MAX = 10_000;
/** After this time a session is read again, with or without a fact. */
const TTL_MS = 60_000;

/** Who the sessions of access tokens stand for, as the database has it now. */
export interface SessionOwners {
  /**
   * The actor of a token, with the roles that the account has now. Null when the session has ended, or the account is disabled or gone.
   * @throws when neither this process nor the database knows
   */
  actorOf(claims: AccessClaims): Promise<UserActor | null>;
}

type Tag = `user:${number}`;

/**
 * Looks sessions up, and remembers them until a fact says that sessions of their account ended or that its roles changed. A process that
 * has not read the facts of the last second asks the database.
 * @param requiresSecondFactor withholds the roles of admins and operators from sessions that were opened without one
 */
export function sessionOwners(
  accounts: Pick<AccountsRepository, 'findSessionOwner'>,
  feed: Pick<EventFeed, 'on' | 'knownUntil' | 'catchUp'>,
  requiresSecondFactor: boolean,
  now: () => Date = () => new Date(),
): SessionOwners {
  const known = processLevel<Tag>(SESSIONS_MAX);
  feed.on(({ sessionsOf }) => {
    if (sessionsOf !== null) known.invalidate([`user:${sessionsOf}`]);
  });
  const isInformed = async () => performance.now() - feed.knownUntil() <= STALE_MAX_MS || feed.catchUp();

  const ownerOf = async ({ userId, sessionId }: AccessClaims): Promise<SessionOwner | null> => {
    const remembered = (await isInformed()) ? (known.get(sessionId) as { owner: SessionOwner | null } | undefined) : undefined;
    // A session that was refreshed since lives longer than is remembered.
    if (remembered && !(remembered.owner && remembered.owner.expiresAt <= now())) return remembered.owner;
    const since = known.now();
    const owner = await accounts.findSessionOwner(sessionId, now());
    known.set(sessionId, { value: { owner }, tags: [`user:${userId}`], since, characters: 1 }, TTL_MS);
    return owner;
  };

  return {
    async actorOf(claims) {
      const owner = await ownerOf(claims);
      if (owner?.userId !== claims.userId) return null;
      const rights = rightsOf(owner.roles, !requiresSecondFactor || owner.secondFactor !== null);
      return { kind: 'user', id: owner.userId, ...rights, sessionId: claims.sessionId };
    },
  };
}
