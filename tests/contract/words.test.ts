import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { expect, it } from 'vitest';

const GLOSSARY = 'docs/glossary.md';
const GENERATED = new Set(['node_modules', 'generated', 'build', '.svelte-kit', 'test-results', 'migrations']);
const TEXT = /\.(ts|mts|mjs|js|cjs|svelte|css|html|json|md|ya?ml|prisma|sql|sh|conf|service)$|\/\.env\.example$|Dockerfile$/;
const SUBJECT_MAX = 72;
/** Everything that people read, but what is generated. */
const FOLDERS = ['apps', 'packages', 'scripts', 'tests', 'prisma/seed', 'docs', 'deploy', '.github', '.devcontainer'];
const REVISED = [...FOLDERS, ...readdirSync(ROOT).filter((name) => TEXT.test(`/${name}`))];

/** The words that the glossary refuses, as it names them. */
function refusedWords(): string[] {
  const [, list] = /refuses these words in the sources: ([^.]+)\./.exec(readFileSync(path.join(ROOT, GLOSSARY), 'utf8'))!;
  return list!.split(',').map((word) => word.trim());
}

/** Text files at a path or below it, from the root, with slashes. */
function textsAt(place: string): string[] {
  if (statSync(path.join(ROOT, place)).isFile()) return [place];
  return readdirSync(path.join(ROOT, place), { withFileTypes: true })
    .filter(({ name }) => !GENERATED.has(name))
    .flatMap(({ name }) => textsAt(path.posix.join(place, name)))
    .filter((file) => TEXT.test(file));
}

/** Matches a word by itself and inside a camelCase name, not as a part of a longer word. */
function pattern(words: string[]): RegExp {
  const capitalized = words.map((word) => word[0]!.toUpperCase() + word.slice(1));
  const shouted = words.map((word) => word.toUpperCase());
  return new RegExp(
    `(?<![A-Za-z])(?:${words.join('|')})(?![a-z])|(?:${capitalized.join('|')})(?![a-z])|(?<![A-Za-z])(?:${shouted.join('|')})(?![A-Za-z])`,
  );
}

it('sources name the actor: none of the words that the glossary refuses', () => {
  const words = refusedWords();
  expect(words).toHaveLength(6);
  const refused = pattern(words);
  const found = REVISED.flatMap(textsAt)
    .filter((file) => file !== GLOSSARY)
    .flatMap((file) =>
      readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, i) => (refused.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );
  expect(found).toEqual([]);
});

it('a refused word is found in a sentence and in a name, and not inside another word', () => {
  const refused = pattern(refusedWords());
  const [first, , third] = refusedWords() as [string, string, string];
  const Third = third[0]!.toUpperCase() + third.slice(1);
  for (const line of [`// ${first} asks`, `const ${third} = 1`, `is${Third}Here`, `${third}Listens`, `${Third}’s`, third.toUpperCase()])
    expect(line).toMatch(refused);
  for (const line of [`?q=${third}hasthis`, `x${first}`, `${third.toUpperCase()}S`]) expect(line).not.toMatch(refused);
});

/** The commit that brought this test; a shallow clone has it as its first commit, and a copy without a history has none. */
const begun = git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'tests/contract/words.test.ts');

it.skipIf(!begun)('subjects of commits since then fit in a line', () => {
  const subjects = git('log', '--no-merges', '--format=%h %s', `${begun}..HEAD`)!.split('\n');
  expect(subjects.filter((subject) => subject.slice(subject.indexOf(' ') + 1).length > SUBJECT_MAX)).toEqual([]);
});

/** What git prints; null where there is no git or no history. */
function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
