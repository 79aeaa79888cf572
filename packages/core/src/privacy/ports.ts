declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly privacy: PrivacyRepository;
  }
}

/** A row of an export, by the names of its file. */
export type ExportRow = Record<string, unknown>;

export interface ExportPage {
  rows: ExportRow[];
  /** The key by which the next page begins; null where there is no row. */
  last: string | number | null;
}

export interface PrivacyRepository {
  /** The files of an export, in their order. */
  readonly exportFiles: readonly string[];
  /** Rows of a file that are about a person, after a key of the page before. */
  exportPage(file: string, userId: number, after: string | number | null, limit: number): Promise<ExportPage>;
}
