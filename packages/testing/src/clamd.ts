import { createServer, type AddressInfo, type Socket } from 'node:net';

/** The test file of the anti-malware industry: every scanner finds it, and it harms nothing. Put together, so that none finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');

/** How the stand-in behaves: as clamd does, or with a fault. */
export type ClamdFault = 'closes' | 'silent' | 'garbage' | 'endless' | 'error';

export interface Clamd {
  /** For CLAMD_URL. */
  readonly url: string;
  /** Commands in their order, and the size of each file that came whole. */
  readonly seen: (string | number)[];
  fault: ClamdFault | null;
  /** Of one file: StreamMaxLength. */
  maxBytes: number;
  close(): void;
}

const ANSWERS: Partial<Record<ClamdFault, string>> = {
  garbage: 'HTTP/1.1 400 Bad Request\r\n\r\n\0',
  endless: 'x'.repeat(5000),
  error: 'stream: Can’t allocate memory ERROR\0',
};

/** A stand-in for clamd, ClamAV's daemon, that speaks its protocol (zPING, zINSTREAM) and finds EICAR in a file. */
export async function startClamd(port = 0): Promise<Clamd> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let input = Buffer.alloc(0);
    socket.on('data', (part: Buffer) => {
      input = Buffer.concat([input, part]);
      const answer = answerTo(input, clamd);
      if (answer === 'close') socket.destroy();
      else if (answer) socket.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const clamd: Clamd = {
    url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    fault: null,
    maxBytes: 1_000_000,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return clamd;
}

/** What clamd sends after this input; 'close' where it only closes, null where it waits for more. */
function answerTo(input: Buffer, clamd: Clamd): string | null {
  const { fault, seen } = clamd;
  const end = input.indexOf(0);
  if (end < 0 || fault === 'silent') return null;
  if (fault !== null) return ANSWERS[fault] ?? 'close';
  const command = input.subarray(0, end).toString();
  if (command === 'zPING') {
    seen.push(command);
    return 'PONG\0';
  }
  if (command !== 'zINSTREAM') return 'UNKNOWN COMMAND\0';
  const file = fileIn(input.subarray(end + 1));
  if (file.content.byteLength > clamd.maxBytes) return 'INSTREAM size limit exceeded. ERROR\0';
  if (!file.whole) return null;
  seen.push(command, file.content.byteLength);
  return file.content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0';
}

/** Chunks, each after its length; the one of no length ends the file. */
function fileIn(input: Buffer): { content: Buffer; whole: boolean } {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 4 <= input.byteLength;) {
    const length = input.readUInt32BE(at);
    if (length === 0) return { content: Buffer.concat(chunks), whole: true };
    chunks.push(input.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { content: Buffer.concat(chunks), whole: false };
}
