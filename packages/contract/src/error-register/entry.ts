/** What is behind an error code. What the person sees is the code's own sentence, in the table of errors. */
export interface ErrorEntry {
  /** What leads to it. */
  cause: string;
  /** What a program that meets it does. */
  caller: string;
  /** What an operator does who sees many of them; null where that is nothing to look after. */
  operator: string | null;
}

export const entry = (cause: string, caller: string, operator: string | null = null): ErrorEntry => ({ cause, caller, operator });
