/** One line of an answer of `/metrics`. */
export interface MetricLine {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** All lines of Prometheus' text format that carry a value. */
export function parseMetrics(text: string): MetricLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)!;
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text_]) => [key!, text_!] as const);
      return { name: name!, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

/** The sum of the lines of that name that have these labels; null when there are none. */
export function sumOf(text: string, name: string, labels: Record<string, string> = {}): number | null {
  const lines = parseMetrics(text).filter(
    (line) => line.name === name && Object.entries(labels).every(([key, value]) => line.labels[key] === value),
  );
  return lines.length === 0 ? null : lines.reduce((sum, { value }) => sum + value, 0);
}
