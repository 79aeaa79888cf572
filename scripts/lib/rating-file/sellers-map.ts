import { parsePersonId, type Context } from '@assay/core';
import { Refusal } from '../command.ts';
import { sellerByEmail } from '../seller.ts';
import { encodingOf, linesOf } from './lines.ts';
import { delimiterOf, recordsOf } from './records.ts';

/**
 * Which sellers of another marketplace have an account here, from CSV of two columns: seller and e-mail. A first line that names
 * the columns is skipped. @throws Refusal that says which line is wrong
 */
export async function readSellersMap(ctx: Context, file: string, source: string): Promise<[string, number][]> {
  const encoding = encodingOf(file);
  const pairs: { line: number; seller: string; email: string }[] = [];
  const [first] = (await linesOf(file, encoding).next()).value ?? [];
  const delimiter = delimiterOf(first?.text ?? '', 2);
  for await (const { line, cells, fault } of recordsOf(linesOf(file, encoding), delimiter)) {
    if (!fault && cells.every((cell) => cell.trim() === '')) continue;
    const [seller = '', email = ''] = cells;
    if (line === 1 && !email.includes('@')) continue;
    if (fault || !email.includes('@')) throw new Refusal(`${file}, line ${line}: it is not a seller and an e-mail address.`);
    pairs.push({ line, seller: parsePersonId(seller, 'seller'), email: email.trim() });
  }
  if (pairs.length === 0) throw new Refusal(`${file} names no seller.`);
  const known = await ctx.repos.imports.findAccounts(
    source,
    pairs.map(({ seller }) => seller),
  );
  const found: [string, number][] = [];
  for (const { line, seller, email } of pairs) {
    const userId = await sellerByEmail(ctx, email);
    const other = known.get(seller);
    if (other !== undefined && other !== userId)
      throw new Refusal(`${file}, line ${line}: ${seller} of ${source} is another account here already, number ${other}.`);
    found.push([seller, userId]);
  }
  return found;
}
