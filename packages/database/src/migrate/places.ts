/**
 * The tables and columns, as `Table` and `Table.Column`, that a T-SQL script adds. A column that it drops and adds again is none: it
 * was there before.
 */
export function placesAddedBy(script: string): string[] {
  const statements = script.replace(/--.*$/gm, '');
  const named = (pattern: RegExp) => [...statements.matchAll(pattern)].map(([, ...parts]) => parts.join('.'));
  const dropped = named(/\bALTER\s+TABLE\s+(\w+)\s+DROP\s+COLUMN\s+(\w+)/gi);
  return [...named(/\bCREATE\s+TABLE\s+(\w+)/gi), ...named(/\bALTER\s+TABLE\s+(\w+)\s+ADD\s+(?!CONSTRAINT\b)(\w+)/gi)].filter(
    (place) => !dropped.includes(place),
  );
}
