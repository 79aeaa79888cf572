/** "2.1 MB", "340 kB": as people speak of files. */
export function sizeOf(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  if (megabytes >= 1) return `${megabytes >= 10 ? Math.round(megabytes) : megabytes.toFixed(1).replace(/\.0$/, '')}\u00a0MB`;
  return `${Math.max(1, Math.round(bytes / 1024))}\u00a0kB`;
}
