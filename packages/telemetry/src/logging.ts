import pino, { type Logger as Pino } from 'pino';
import { describeError, HAS_SECRET, scrub } from './scrub.ts';
import { traceId } from './tracing.ts';

const FLUSH_MS = 500;
const FLUSH_CHARS = 8192;
/** Characters of a path in the access log. */
const PATH_MAX = 500;

/** One answered request. */
export interface RequestLine {
  requestId: string;
  method: string;
  /** Without the query: tokens and searches do not belong into logs. */
  path: string;
  status: number;
  durationMs: number;
  userId?: number | undefined;
  /** The network that it came from, shortened. */
  address?: string | undefined;
  /** Why it was refused. */
  code?: string | undefined;
  /** Where the request is traced. */
  traceId?: string | undefined;
}

export interface Logger extends Pino {
  /** The access log. Its fields are known, so the line is put together by hand: pino's own way costs a fifth of a badge's answer. */
  request(line: RequestLine): void;
}

let first: Logger | undefined;

/** The logger that this process made first: for code that is bundled, and so cannot be handed it. */
export function processLogger(): Logger {
  if (!first) throw new Error('This process has no logger: createLogger() comes first.');
  return first;
}

/**
 * JSON lines on standard output, the same in every process: level, time, name, pid, requestId where there is one, msg.
 * Lines of ordinary requests are gathered for up to half a second, because a system call for each one costs as much as the
 * answer itself; warnings and errors are written at once, with all before them.
 */
export function createLogger(level: string, name: string): Logger {
  const destination = bufferedOutput();
  const base = { name, pid: process.pid };
  const log = pino(
    {
      level,
      base,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, path: scrubbed, reason: scrubbed },
      mixin: () => {
        const id = traceId();
        return id ? { traceId: id } : {};
      },
      hooks: {
        logMethod(args, method, severity) {
          method.apply(this, args);
          if (severity >= 40) destination.flush();
        },
      },
    },
    destination,
  );
  const middle = JSON.stringify(base).slice(1, -1);
  const request = (line: RequestLine) => {
    const severity = line.status >= 500 ? 'error' : 'info';
    if (!log.isLevelEnabled(severity)) return;
    const user = line.userId === undefined ? '' : `,"userId":${line.userId}`;
    const from = line.address === undefined ? '' : `,"address":"${line.address}"`;
    const code = line.code === undefined ? '' : `,"code":"${line.code}"`;
    const trace = line.traceId === undefined ? '' : `,"traceId":"${line.traceId}"`;
    // A path is input; the other texts are the product's own, or were validated.
    const shown = line.path.slice(0, PATH_MAX);
    const path = HAS_SECRET.test(shown) ? scrub(shown) : shown;
    destination.write(
      `{"level":"${severity}","time":"${new Date().toISOString()}",${middle},"requestId":"${line.requestId}","method":"${line.method}","path":${JSON.stringify(path)},"status":${line.status},"durationMs":${line.durationMs}${user}${from}${code}${trace},"msg":"request"}\n`,
    );
    if (severity === 'error') destination.flush();
  };
  const logger = Object.assign(log, { request });
  first ??= logger;
  return logger;
}

/** A path is input; a reason may be another program's text. */
const scrubbed = (value: unknown) => (typeof value === 'string' ? scrub(value) : value);

/** Standard output by way of the stream, not the file descriptor: in PM2's cluster mode that is the daemon's own log. */
function bufferedOutput() {
  // The reader of the log may be gone: no reason to end, and nothing to log.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let waiting = '';
  const flush = () => {
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    process.stdout.write(lines);
  };
  setInterval(flush, FLUSH_MS).unref();
  process.on('exit', flush);
  return {
    write(line: string) {
      waiting += line;
      if (waiting.length >= FLUSH_CHARS) flush();
    },
    flush,
  };
}
