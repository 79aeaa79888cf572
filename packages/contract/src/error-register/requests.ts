import { entry } from './entry.ts';

/** What any request can meet. */
export const REQUEST_ERRORS = {
  VALIDATION_FAILED: entry(
    'A field of the path, the query, the body or the Idempotency-Key is missing, of another type, or outside its limits.',
    'Show each entry of `errors` beside its field. Sending the same again gives the same answer.',
    'Many at once after a release: a client sends what the OpenAPI document does not say.',
  ),
  MALFORMED_JSON: entry('The body, or the `input` of a tRPC call, cannot be parsed.', 'Send valid JSON in UTF-8.'),
  BAD_REQUEST: entry(
    'The address cannot be decoded, the connection ended within the body, or a tRPC batch has more than ten calls or more than one change.',
    'Correct the request; do not repeat it as it is.',
  ),
  INVALID_CURSOR: entry(
    'The cursor was made for another list, another order of it, or was changed.',
    'Ask for the first page again, without a cursor.',
  ),
  CSRF_FAILED: entry(
    'A change that rests on a cookie came from another origin, or without the session’s `X-CSRF-Token`.',
    'Send the value of the cookie `assay_csrf` (`__Host-assay_csrf` behind TLS) in that header; programs use a bearer token instead.',
    'From all accounts at once: a proxy does not hand on the host name, or `TRUST_PROXY` does not name it.',
  ),
  FORBIDDEN: entry(
    'The account is known, and this belongs to another account or needs another role.',
    'Do not repeat it with this account.',
  ),
  NOT_FOUND: entry(
    'No endpoint or page has this address, or the feature behind it is switched off.',
    'Check the address against `/api/openapi.json`.',
  ),
  REQUEST_TIMEOUT: entry(
    'A body did not arrive within `REQUEST_TIMEOUT_MS`, or an upload brought less than 64 kB in 15 seconds.',
    'Send it again over a better connection.',
    'From all at once: a proxy in front does not buffer bodies.',
  ),
  METHOD_NOT_ALLOWED: entry('The address exists with other methods.', 'Use one of those that the header `Allow` names.'),
  EDIT_CONFLICT: entry(
    'Two changes of the same thing met, and this one came second. With an Idempotency-Key: the change is there, and its answer was lost.',
    'Read it again, apply the change to what is there now, and send that.',
  ),
  IDEMPOTENCY_IN_FLIGHT: entry(
    'A request with the same Idempotency-Key has not ended yet.',
    'Wait as long as `Retry-After` says and send the same again: it is answered with what the first one did.',
    'For more than a minute: a process ended within a request. Its key is taken over then, nothing has to be done.',
  ),
  PAYLOAD_TOO_LARGE: entry('The body is larger than the endpoint takes: 64 kB of JSON, 5 MB of CSV.', 'Send less.'),
  UNSUPPORTED_MEDIA_TYPE: entry(
    'The body has another type than `application/json`, another charset than UTF-8, or an unknown encoding.',
    'Set `Content-Type: application/json`.',
  ),
  IDEMPOTENCY_MISMATCH: entry(
    'The Idempotency-Key was used before, with another body or at another address.',
    'Take a new key for each new change.',
  ),
  RATE_LIMITED: entry(
    'The budget of this user, or of this address, is spent: `RATE_LIMIT_MAX_REQUESTS` changes or `RATE_LIMIT_READ_MAX_REQUESTS` reads in a window, or too much of one kind goes on at the same time: see `docs/limits.md`.',
    'Wait as long as `Retry-After` says. The headers `RateLimit` and `RateLimit-Policy` tell before how much is left.',
    'Watch `seller_rate_limit_violations_total`. From all accounts at once: all seem to come from one address, so `TRUST_PROXY` does not name the proxy.',
  ),
  INTERNAL: entry(
    'A fault of ours. What went wrong is in the log, under the request id, and never in the answer.',
    'Repeat it once if it is safe to repeat; then tell support the request id.',
    'Find the request id in the log of `marketplace-api`. The alert SellerAPIHighErrorRate opens from 5 % on.',
  ),
  UNAVAILABLE: entry(
    'The web server, or the client, gets no answer of the API: it is stopped, restarting, or cut off.',
    'Repeat what is safe to repeat after a moment; the client does so by itself, and shows what it knew last.',
    'Look at `/health` of the web server, at the process `marketplace-api`, and at `API_URL`.',
  ),
  BUSY: entry(
    'The database gave no connection or no turn to write in time, or is not reachable; or all places for uploads, imports or exports are taken.',
    'Wait as long as `Retry-After` says and send it again. Nothing was changed.',
    'Look at `/health/database`; raise `DATABASE_POOL_SIZE`, or find what holds locks for long.',
  ),
  FILE_INFECTED: entry(
    'The malware scanner (`CLAMD_URL`) found something in the uploaded file.',
    'Do not send this file again; ask the person for another one.',
    'The file is deleted. `AuditLog` (`upload.infected`) has the account, the name of the malware and the SHA-256 of the file.',
  ),
  FILE_NOT_SCANNED: entry(
    'The malware scanner (`CLAMD_URL`) does not answer within 15 seconds, or scans no file of this size. Nothing is stored unscanned.',
    'Repeat it after `Retry-After`.',
    'Look at `/health/malwareScan` and the log of `marketplace-api`: start clamd, or raise its `StreamMaxLength`.',
  ),
};
