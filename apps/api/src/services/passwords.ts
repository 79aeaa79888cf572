import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '@assay/core';

/** OWASP's choice for Argon2id: 19 MiB, two passes, one lane. The library works outside the event loop. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function argon2Passwords(): PasswordHasher {
  // Compared with when there is no account, so that an unknown e-mail takes as long as a wrong password.
  const nobody = hash('nobody has this password', PARAMETERS);
  return {
    hash: (password) => hash(password, PARAMETERS),
    async verify(stored, password) {
      const right = await verify(stored ?? (await nobody), password);
      return right && stored !== null;
    },
  };
}
