import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '@assay/core';
import { inSpan } from '@assay/telemetry/tracing';

/** OWASP's choice for Argon2id: 19 MiB, two passes, one lane. The library works outside the event loop. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords are hashed in Unicode's form NFKC: keyboards and systems type the same character in different ways. */
export function argon2Passwords(): PasswordHasher {
  // Compared with when there is no account, so that an unknown e-mail takes as long as a wrong password.
  const decoy = hash('the password of no account', PARAMETERS);
  const verifies = (stored: string, password: string) => inSpan({ name: 'argon2 verify' }, () => verify(stored, password));
  return {
    hash: (password) => inSpan({ name: 'argon2 hash' }, () => hash(password.normalize('NFKC'), PARAMETERS)),
    async verify(stored, password) {
      const against = stored ?? (await decoy);
      const normalized = password.normalize('NFKC');
      // Earlier versions of the product hashed passwords as they were typed.
      const right = (await verifies(against, normalized)) || (normalized !== password && (await verifies(against, password)));
      return right && stored !== null;
    },
  };
}
