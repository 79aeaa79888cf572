import { createReadStream } from 'node:fs';
import { connect, type NetConnectOpts } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { AppError, type MalwareScanner } from '@assay/core';
import type { Logger } from '../logger.ts';

/** For a whole scan, also of a slow one: less than the pages wait for the API. */
const TIMEOUT_MS = 15_000;
/** What clamd answers is a line: more of it is no clamd. */
const ANSWER_BYTES_MAX = 1024;
const RETRY_AFTER_S = 60;

/**
 * A scanner that speaks the protocol of clamd, ClamAV's daemon (man clamd: zINSTREAM, zPING).
 * @param address null where the operator has set up none: then no file is scanned
 * @param timeoutMs of one scan
 */
export function clamdScanner(
  address: NetConnectOpts | null,
  log: Pick<Logger, 'error'>,
  { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {},
): MalwareScanner {
  if (address === null) return { scan: () => Promise.resolve(null), fault: () => Promise.resolve(null) };
  return {
    async scan(path) {
      try {
        return foundIn(await ask(address, timeoutMs, () => instream(path)));
      } catch (error) {
        log.error({ err: error }, 'the malware scanner scans no file: uploads are refused');
        throw new AppError('FILE_NOT_SCANNED', { retryAfterS: RETRY_AFTER_S });
      }
    },
    async fault() {
      try {
        const answer = await ask(address, Math.min(timeoutMs, 2000), () => ['zPING\0']);
        return answer === 'PONG' ? null : 'the malware scanner gives a strange answer';
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
}

/** The command, the file in parts that each follow their length, and a part of no length: the end. */
async function* instream(path: string): AsyncGenerator<Uint8Array | string> {
  yield 'zINSTREAM\0';
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    yield lengthOf(chunk.byteLength);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** Sends a command on a connection of its own, and returns the answer without its closing zero. @throws Error that says why there is none */
async function ask(
  address: NetConnectOpts,
  timeoutMs: number,
  command: () => Iterable<string> | AsyncIterable<Uint8Array | string>,
): Promise<string> {
  const socket = connect(address);
  const slow = setTimeout(() => socket.destroy(new Error('clamd did not answer in time')), timeoutMs);
  const answered = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      if (text.length > ANSWER_BYTES_MAX) reject(new Error('clamd sent more than an answer'));
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('clamd closed the connection without an answer')));
  });
  try {
    // The answer counts, also one that comes before the end: clamd closes the connection where a file is too large for it.
    pipeline(command, socket, { end: false }).catch((error: Error) => socket.destroy(error));
    return await answered;
  } finally {
    clearTimeout(slow);
    socket.destroy();
  }
}

/** "stream: OK" and "stream: NAME FOUND" are answers. @throws Error with any other one */
function foundIn(answer: string): string | null {
  if (answer === 'stream: OK') return null;
  const name = /^stream: (\S.*) FOUND$/.exec(answer)?.[1];
  if (name === undefined) throw new Error(`clamd answered: ${answer.slice(0, 200)}`);
  return name;
}
