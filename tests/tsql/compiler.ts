import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findTsqlCompiler } from '../../scripts/lib/tsql-compiler.ts';

/** A syntax error. */
export interface GrammarError {
  line: number;
  column: number;
  message: string;
}

export type What = 'table' | 'column' | 'constraint' | 'index' | 'trigger' | 'full-text catalog' | 'full-text index';

/** What a statement does to the schema. */
export type Change =
  | {
      do: 'create';
      what: What;
      table: string | null;
      name: string;
      /** The declaration; of a table there is none but its columns. */
      sql?: string;
      /** Of a column: made of other columns. */
      computed?: boolean;
      /** Of a foreign key: the other table. */
      references?: string;
    }
  | { do: 'change'; what: 'column'; table: string; name: string; sql: string }
  | { do: 'drop'; what: What; table: string | null; name: string; ifExists: boolean }
  | { do: 'unknown'; name: string };

/** What stands between two `GO`. */
export interface Batch {
  line: number;
  changes: Change[];
  /** Its statements that read or change rows, as they stand. */
  data: string;
}

export interface Parsed {
  errors: GrammarError[];
  batches: Batch[];
}

export interface Compiled {
  /** What does not compile, or names what is not there, in Microsoft's words. */
  problems: string[];
  /** Everything in the model by kind and name, with all that the model knows of it. */
  objects: Record<string, string[]>;
}

/** Microsoft's parser and schema compiler in a process of its own, which takes one question after another. */
export class Compiler {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (answer: never) => void; reject: (error: Error) => void }[] = [];
  #stderr = '';

  constructor() {
    const { python, env } = findTsqlCompiler();
    this.#process = spawn(python, [path.join(import.meta.dirname, 'compiler.py')], { env });
    this.#process.stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.#process.stdin.on('error', () => {}); // it has ended, and says why
    createInterface(this.#process.stdout).on('line', (line) => this.#waiting.shift()?.resolve(JSON.parse(line) as never));
    this.#process.on('close', (code) => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`Microsoft's compiler ended (exit ${code}):\n${this.#stderr}`));
    });
  }

  #ask<Answer>(question: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  /** Reads a script. Lines that speak to sqlcmd (`:on error exit`) are none of T-SQL. */
  parse(script: string): Promise<Parsed> {
    return this.#ask({ parse: script.replace(/^\uFEFF/, '').replace(/^:.*$/gm, '') });
  }

  /** Compiles declarations into a model of a database. @param objects whether they are wanted */
  compile(declarations: string[], { objects = false } = {}): Promise<Compiled> {
    return this.#ask({ compile: declarations, objects });
  }

  close(): void {
    this.#process.stdin.end();
  }
}
