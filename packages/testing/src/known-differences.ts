/**
 * Where a stand-in for SQL Server is known to differ from it, each with the reason: nothing is skipped silently.
 * A suite asks {@link standInDiffers}; on Microsoft's own engine the answer is always no.
 */
const DIFFERENCES = {
  /** The stand-in has no ALTER DATABASE, so no READ_COMMITTED_SNAPSHOT to switch on: its READ COMMITTED reads snapshots anyway. */
  noAlterDatabase: /Babelfish/,
  /** The stand-in has no BACKUP DATABASE. */
  noBackup: /Babelfish/,
  /** Names in sys.indexes come back in lower case and with a suffix. */
  mangledIndexNames: /Babelfish/,
  /** The stand-in has no sp_helpindex. */
  noHelpIndex: /Babelfish/,
  /** LIKE finds nothing when the pattern begins with a wildcard and an escaped character: '%\%%' ESCAPE '\'. */
  noEscapeAfterWildcard: /Babelfish/,
} as const;

export type KnownDifference = keyof typeof DIFFERENCES;

/** Does the engine with that @@VERSION differ in this respect? */
export function standInDiffers(version: string, difference: KnownDifference): boolean {
  return DIFFERENCES[difference].test(version);
}
