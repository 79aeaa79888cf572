/** A column of a table, from left to right. */
export interface PdfColumn {
  /** Shown at the top of each page; a table without labels has no head. */
  label?: string;
  /** Of the width of the page; those of a table add up to 1. */
  share: number;
  align?: 'left' | 'right';
}

/** What a document about money shows, from top to bottom. */
export interface PdfContent {
  title: string;
  number: string;
  facts: [label: string, value: string][];
  from: string[];
  to: string[];
  columns: readonly PdfColumn[];
  rows: string[][];
  sums: [label: string, amount: string][];
  notes: string[];
}
