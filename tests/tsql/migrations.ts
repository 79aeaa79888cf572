import type { Batch, Compiler, GrammarError } from './compiler.ts';
import { Schema } from './schema.ts';

/** What is wrong with one script of a migration. */
export interface Verdict {
  /** Syntax errors, by line and column. */
  grammar: string[];
  /** What a server would refuse, and what does not compile or resolve afterwards. */
  schema: string[];
}

export interface MigrationVerdict {
  up: Verdict;
  /** The way back, with what is not as it was before. */
  down: Verdict & { differences: string[] };
}

export interface Migration {
  up: string;
  down: string;
}

const withPlace = ({ line, column, message }: GrammarError) => `${line}:${column} ${message}`;

/** Runs migrations through Microsoft's compiler, one after another, each of them up and back again. */
export class MigrationCheck {
  readonly #compiler: Compiler;
  #schema: Schema;
  /** What does not compile in the schema: every later schema has it, too. */
  #known: string[] = [];

  /** @param schema what there is before the first of them */
  constructor(compiler: Compiler, schema = new Schema()) {
    this.#compiler = compiler;
    this.#schema = schema;
  }

  /** What there is after the migrations so far. */
  get schema(): Schema {
    return this.#schema;
  }

  /** The next migration. The schema is then the one after its way up. */
  async next({ up, down }: Migration): Promise<MigrationVerdict> {
    const before = this.#schema;
    const there = await this.#run(up, before);
    this.#schema = there.schema;
    const { problems } = await this.#compiler.compile(there.schema.declarations());
    there.verdict.schema.push(...problems.filter((problem) => !this.#known.includes(problem)));
    this.#known = problems;
    const back = await this.#run(down, there.schema);
    const differences = back.verdict.grammar.length > 0 ? [] : await this.#differences(before, back.schema);
    return { up: there.verdict, down: { ...back.verdict, differences } };
  }

  async #run(script: string, before: Schema): Promise<{ verdict: Verdict; schema: Schema }> {
    const { errors, batches } = await this.#compiler.parse(script);
    const verdict: Verdict = { grammar: errors.map(withPlace), schema: [] };
    let schema = before;
    for (const batch of batches) {
      verdict.schema.push(...(await this.#unresolvedData(schema, batch)));
      const { schema: next, problems } = schema.after(batch.changes);
      verdict.schema.push(...problems.map((problem) => `in the batch of line ${batch.line}: ${problem}`));
      schema = next;
    }
    return { verdict, schema };
  }

  /** Rows are read and changed in the schema that there is when the server compiles the batch: before its own changes. */
  async #unresolvedData(schema: Schema, { data, line }: Batch): Promise<string[]> {
    if (data === '') return [];
    const procedure = `CREATE PROCEDURE dbo.[batch of line ${line}] AS\nBEGIN\n${data}\nEND`;
    const { problems } = await this.#compiler.compile([...schema.declarations(), procedure]);
    return problems.filter((problem) => !this.#known.includes(problem));
  }

  /** The same declarations make the same model. Others may, too: that the compiler says, object by object. */
  async #differences(before: Schema, after: Schema): Promise<string[]> {
    const [wanted, found] = [before.declarations(), after.declarations()];
    if (wanted.length === found.length && wanted.every((each) => found.includes(each))) return [];
    const [first, second] = [
      await this.#compiler.compile(wanted, { objects: true }),
      await this.#compiler.compile(found, { objects: true }),
    ];
    return [...second.problems, ...differencesOf(first.objects, second.objects)];
  }
}

/** What the second is not as the first, object by object. */
export function differencesOf(first: Record<string, string[]>, second: Record<string, string[]>): string[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])].toSorted();
  return names.flatMap((name) => {
    const [before, after] = [first[name], second[name]];
    if (!before) return [`${name} is left over`];
    if (!after) return [`${name} is missing`];
    const [lost, gained] = [before.filter((each) => !after.includes(each)), after.filter((each) => !before.includes(each))];
    return lost.length + gained.length === 0 ? [] : [`${name} was (${lost.join(', ')}) and is (${gained.join(', ')})`];
  });
}
