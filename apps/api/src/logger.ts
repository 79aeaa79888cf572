import pino, { type Logger } from 'pino';

/** JSON lines on standard output, written at once: what was logged is there when the process dies. */
export function createLogger(level: string, name: string): Logger {
  return pino({ level, base: { name, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 1, sync: true }));
}
