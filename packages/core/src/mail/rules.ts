/** Times that an e-mail is tried before it is given up: with the waits between them, about half a day. */
export const EMAIL_ATTEMPTS_MAX = 8;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 4 * 3_600_000;

/** How long to wait after the `attempts`th try: four times as long each time. */
export const waitAfter = (attempts: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** (attempts - 1));
