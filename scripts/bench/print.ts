import { CONNECTIONS, type Compared } from './compare.ts';

const percent = (ratio: number) => `${(100 * ratio).toFixed(0)} %`;

/** Prints the rows as a table: one process and the cluster, each as a share of the floor. */
export function print(rows: Compared[], rounds: number, seconds: number): void {
  console.log(`\n${CONNECTIONS} connections, median of ${rounds} rounds of ${seconds} s, floor, product and cluster in turns\n`);
  const columns = ['floor/s', 'req/s', 'p50 ms', 'p95* ms', 'ratio', 'aim', 'cluster/s', 'p50 ms', 'p95* ms', 'ratio', 'failed'];
  const line = (name: string, cells: string[]) => console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(10)).join(''));
  line('what', columns);
  for (const { name, floor, product, cluster, aim } of rows) {
    const side = (figures: Compared['product']) =>
      figures
        ? [figures.perSecond.toFixed(0), figures.p50Ms.toFixed(1), figures.p95Ms.toFixed(1), percent(figures.ratio)]
        : ['-', '-', '-', '-'];
    const failed = floor.failed + (product?.failed ?? 0) + (cluster?.failed ?? 0);
    const below = product && product.ratio < aim ? '  below' : '';
    line(name, [floor.perSecond.toFixed(0), ...side(product), percent(aim), ...side(cluster), `${failed}${below}`]);
  }
  console.log('\n* the load generator reports the 97.5th percentile, which is never below the 95th');
}

export function printMemory(memoryMb: Record<string, number>, coldStartMs: Record<string, number>): void {
  for (const [name, mb] of Object.entries(memoryMb))
    if (mb)
      console.log(
        `${name}: ${mb.toFixed(0)} MB resident after the load${coldStartMs[name] ? `, ${coldStartMs[name].toFixed(0)} ms from start to ready` : ''}`,
      );
}
