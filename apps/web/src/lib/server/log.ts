/** One JSON line of something that went wrong, as the web server's own log writes them. */
export function logError(line: Record<string, unknown>): void {
  console.error(JSON.stringify({ level: 50, time: new Date().toISOString(), name: 'marketplace-web', pid: process.pid, ...line }));
}
