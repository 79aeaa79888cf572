// One form of a statement's text for all values and for every layout of the code.

/** A token; or the nodes inside parentheses. */
type Node = string | Node[];

const QUOTED = String.raw`N?'(?:[^']|'')*'|\[[^\]]*\]|"[^"]*"`;
const TOKEN = new RegExp(String.raw`${QUOTED}|--[^\n]*|/\*[\s\S]*?\*/|@{1,2}\w+|\w+|[<>!]=|<>|\s+|.`, 'g');
const LAYOUT = new RegExp(String.raw`(${QUOTED})|(\(\s+)|(\s+(?=[),]))|(,\s*)|\s+`, 'g');
const PARAMETER = '@P';

/** Comments are gone, and parameters have no numbers. */
const tokensOf = (sql: string): string[] =>
  (sql.match(TOKEN) ?? []).map((token) => (/^(--|\/\*)/.test(token) ? ' ' : /^@P\d+$/.test(token) ? PARAMETER : token));

function treeOf(tokens: string[]): Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const token of tokens) {
    if (token === ')' && open.length > 1) open.pop();
    else if (token === '(') {
      const inside: Node[] = [];
      open.at(-1)!.push(inside);
      open.push(inside);
    } else open.at(-1)!.push(token);
  }
  return root;
}

const joined = (nodes: Node[]): string => nodes.map((node) => (typeof node === 'string' ? node : `(${joined(node)})`)).join('');

/** In one line: a single space between words, none inside parentheses, one after a comma. */
const textOf = (nodes: Node[]): string =>
  joined(nodes)
    .replace(LAYOUT, (_, quoted?: string, opening?: string, closing?: string, comma?: string) => {
      if (quoted !== undefined) return quoted;
      if (opening !== undefined) return '(';
      return closing === undefined ? (comma === undefined ? ' ' : ', ') : '';
    })
    .trim();

/** Each list whose length depends on the values has one form. */
function collapsed(nodes: Node[]): Node[] {
  const inside = nodes.map((node) => (typeof node === 'string' ? node : collapsed(node)));
  return withoutRepetition(withRowsOnce(withListsOfOne(inside)));
}

const isWord = (node: Node | undefined, word: string): boolean => typeof node === 'string' && node.toUpperCase() === word;
const isSpace = (node: Node): boolean => typeof node === 'string' && node.trim() === '';

/** `IN (@P, @P, @P)` holds one. */
function withListsOfOne(nodes: Node[]): Node[] {
  const tokens = nodes.filter((node) => !isSpace(node));
  const lists = new Set(tokens.filter((node, i) => typeof node !== 'string' && isWord(tokens[i - 1], 'IN')));
  return nodes.map((node) => (lists.has(node) && /^@P(, @P)*$/.test(textOf(node as Node[])) ? [PARAMETER] : node));
}

/** `VALUES (@P, @P), (@P, @P), (@P, NULL)` holds each kind of row once. */
function withRowsOnce(nodes: Node[]): Node[] {
  const kept: Node[] = [];
  let rows: Set<string> | null = null;
  for (const node of nodes) {
    if (isWord(node, 'VALUES')) rows = new Set();
    else if (typeof node === 'string' && node !== ',' && !isSpace(node)) rows = null;
    else if (rows && typeof node !== 'string' && rows.has(textOf(node))) {
      while (kept.at(-1) === ',' || isSpace(kept.at(-1)!)) kept.pop();
      continue;
    } else if (rows && typeof node !== 'string') rows.add(textOf(node));
    kept.push(node);
  }
  return kept;
}

const JOINING = /^(AND|OR|,)$/i;
const EDGE =
  /^(AND|OR|,|SELECT|FROM|JOIN|LEFT|INNER|ON|WHERE|BETWEEN|GROUP|HAVING|ORDER|OFFSET|UNION|SET|VALUES|OUTPUT|INTO|WHEN|THEN|ELSE|END)$/i;

/** `a LIKE @P AND a LIKE @P` says it once; so do columns that differ in the number of their name: `… @P … AS c0, … @P … AS c1`. */
function withoutRepetition(nodes: Node[]): Node[] {
  const parts: { edge: Node[]; nodes: Node[] }[] = [{ edge: [], nodes: [] }];
  for (const node of nodes) {
    if (typeof node === 'string' && EDGE.test(node)) parts.push({ edge: [node], nodes: [] });
    else parts.at(-1)!.nodes.push(node);
  }
  const repeats = parts.map(({ edge: [edge], nodes: own }, i) => {
    if (typeof edge !== 'string' || !JOINING.test(edge)) return false;
    const [text, before] = [textOf(own), textOf(parts[i - 1]!.nodes)];
    const same = edge === ',' ? /\bAS [a-z]+\d+$/i.test(text) && numberless(text) === numberless(before) : text === before;
    return same && text.includes(PARAMETER) && text !== PARAMETER;
  });
  return parts.flatMap(({ edge, nodes: own }, i) => (repeats[i] ? [' '] : [...edge, ...own]));
}

const numberless = (text: string): string => text.replace(/\d+$/, '');

const WIDTH = 130;
const WORD = new RegExp(String.raw`(?:${QUOTED}|\S)+`, 'g');
const CLAUSE = /^(SELECT|FROM|JOIN|LEFT|INNER|WHERE|GROUP|HAVING|ORDER|OFFSET|UNION|SET|VALUES|OUTPUT)$/i;
const GOES_ON = /^(LEFT|INNER|DELETE)$/i;

/** A line for each clause that is in no parentheses, and none that is too long to read. */
function inLines(sql: string): string {
  const lines: string[] = [];
  let line: string[] = [];
  let depth = 0;
  for (const word of sql.match(WORD) ?? []) {
    if (depth === 0 && CLAUSE.test(word) && line.length > 0 && !GOES_ON.test(line.at(-1)!)) {
      lines.push(line.join(' '));
      line = [];
    } else if (line.join(' ').length + word.length >= WIDTH) {
      const rest = line.splice(placeToBreak(line, word));
      lines.push(line.join(' '));
      line = [' ', ...rest];
    }
    line.push(word);
    for (const sign of word.replace(/'(?:[^']|'')*'/g, '')) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
  }
  return [...lines, line.join(' ')].join('\n');
}

/** After the last comma, or before the last AND or OR; at the end where there is none. */
function placeToBreak(line: string[], next: string): number {
  const place = [...line.slice(1), next].findLastIndex((word, i) => i > 0 && (line[i]!.endsWith(',') || /^(AND|OR)$/i.test(word)));
  return place === -1 ? line.length : place + 1;
}

/** The statement without comments, its parameters numbered from @P1 in their order, and lists of any length in one form. */
export function canonicalSql(sql: string): string {
  let parameters = 0;
  const text = textOf(collapsed(treeOf(tokensOf(sql))));
  return inLines(text.replace(new RegExp(`${QUOTED}|@P\\b`, 'g'), (part) => (part === PARAMETER ? `@P${++parameters}` : part)));
}
