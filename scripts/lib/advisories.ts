import { z } from 'zod';
import { Refusal } from './command.ts';

/** Days within which a dependency with a known vulnerability is updated; docs/security.md has the same table. */
export const DAYS = { critical: 3, high: 14, moderate: 90, low: 90, info: 90 } as const;
export type Severity = keyof typeof DAYS;
const Severity = z.enum(Object.keys(DAYS) as Severity[]);

/** What `pnpm audit --json` prints, as far as it is read here. */
const Report = z.object({
  advisories: z.record(
    z.string(),
    z.object({
      findings: z.array(z.object({ version: z.string(), paths: z.array(z.string()) })),
      title: z.string(),
      module_name: z.string(),
      patched_versions: z.string().nullable(),
      severity: Severity,
      github_advisory_id: z.string(),
      url: z.string(),
    }),
  ),
});

/** Advisories that were noted, by their id: since when they are known here. The time to update begins on that day. */
const Noted = z.record(
  z.string().regex(/^GHSA(-\w{4}){3}$/, 'is an id such as GHSA-pxg6-pf52-xh8x'),
  z.object({ package: z.string(), severity: Severity, since: z.iso.date() }),
);
export type NotedAdvisories = z.infer<typeof Noted>;

export interface Advisory {
  id: string;
  package: string;
  /** Installed ones that it is about. */
  versions: string[];
  severity: Severity;
  title: string;
  url: string;
  /** Versions without it; null where there is none yet. */
  patched: string | null;
}

/** @throws Refusal with a text that is no report, such as an error of the registry */
export function readReport(text: string): Advisory[] {
  const parsed = Report.safeParse(parse(text));
  if (!parsed.success) throw new Refusal(`pnpm audit printed no report:\n${text.trim().slice(0, 500)}`);
  return Object.values(parsed.data.advisories).map((one) => ({
    id: one.github_advisory_id,
    package: one.module_name,
    versions: [...new Set(one.findings.map(({ version }) => version))],
    severity: one.severity,
    title: one.title,
    url: one.url,
    patched: one.patched_versions,
  }));
}

/** @throws Refusal */
export function readNoted(text: string): NotedAdvisories {
  const parsed = Noted.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new Refusal(`docs/advisories.json: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The last day on which it may still be installed. */
export function lastDay({ since, severity }: NotedAdvisories[string]): string {
  const day = new Date(`${since}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + DAYS[severity]);
  return day.toISOString().slice(0, 10);
}

/** What is wrong with the installed versions, each in a sentence, and what can be removed from the noted ones. */
export interface Judgement {
  problems: string[];
  notes: string[];
}

/**
 * Compares the advisories about installed versions with the time frames.
 * @param found null where the registry did not say: then the noted ones alone are compared
 * @param today as 2026-11-29
 */
export function judge(found: readonly Advisory[] | null, noted: NotedAdvisories, today: string): Judgement {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const one of found ?? []) {
    const known = noted[one.id];
    const what = `${one.package} ${one.versions.join(', ')}: ${one.title} (${one.severity}, ${one.id})`;
    const update = one.patched ? `update to ${one.patched}` : 'no version without it yet: replace it, or patch it';
    if (!known) {
      const line = JSON.stringify({ [one.id]: { package: one.package, severity: one.severity, since: today } });
      problems.push(`${what} is new: ${update}, or note it in docs/advisories.json, which allows ${DAYS[one.severity]} days: ${line}`);
    } else notes.push(`${what} is noted, until ${lastDay({ ...known, severity: one.severity })}: ${update}`);
  }
  const severities = new Map(found?.map((one) => [one.id, one.severity]));
  for (const [id, known] of Object.entries(noted)) {
    if (found && !severities.has(id)) {
      notes.push(`${id} (${known.package}) is about no installed version: remove it from docs/advisories.json`);
      continue;
    }
    // The severity of now counts: it may have been raised since.
    const severity = severities.get(id) ?? known.severity;
    const until = lastDay({ ...known, severity });
    if (until < today)
      problems.push(`${known.package} should have been updated by ${until} (${severity}, ${id}, known since ${known.since})`);
  }
  return { problems, notes };
}
