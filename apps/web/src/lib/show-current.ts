/** Scrolls a row of places so that the current one is in sight: on a phone not all of them fit side by side. */
export function showCurrent(row: HTMLElement): void {
  const link = row.querySelector<HTMLElement>('[aria-current]');
  if (link) row.scrollLeft = link.offsetLeft + link.offsetWidth - row.clientWidth;
}
