import { processLogger } from '@assay/telemetry/logging';

/** Something went wrong: a line in the web server's own log. */
export function logError({ msg, ...line }: { msg: string; requestId?: string; path?: string; err: unknown }): void {
  processLogger().error(line, msg);
}
