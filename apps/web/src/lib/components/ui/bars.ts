/** Where the axis of a chart of counts ends: the next round number, and never zero. */
export function axisTop(highest: number): number {
  if (highest <= 1) return 1;
  const unit = 10 ** Math.floor(Math.log10(highest));
  return Math.ceil(highest / unit) * unit;
}

/** The names below the axis: the first and the last one, and some between them that have room. */
export function everyNth(bars: readonly { label: string }[], nth: number): { index: number; label: string }[] {
  const last = bars.length - 1;
  return bars
    .map(({ label }, index) => ({ index, label }))
    .filter(({ index }) => index === 0 || index === last || (index % nth === 0 && index <= last - nth / 2));
}
