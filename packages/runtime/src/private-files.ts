/**
 * Has this process, and those that it starts, create files and folders for their user alone: databases, backups, logs and documents hold
 * personal data, and other users of the host are none of their readers.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}
