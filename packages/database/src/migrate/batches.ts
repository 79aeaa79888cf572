/** A script's batches: `GO` alone on its line separates them; lines that begin with a colon speak to sqlcmd. */
export function batches(script: string): string[] {
  return script
    .replace(/^:.*$/gm, '')
    .split(/^\s*GO\s*$/im)
    .map((batch) => batch.trim())
    .filter((batch) => batch.replace(/^--.*$/gm, '').trim() !== '');
}
