import { STARS, WINDOW_NAMES, type Stars, type WindowName } from '@assay/contract';

/** What a seller chose to see of the ratings that they received. */
export interface ReceivedFilters {
  window: WindowName;
  stars: Stars | null;
  withComment: boolean;
  unanswered: boolean;
  q: string;
  cursor: string | null;
}

/** The choice in an address. What makes no sense there counts as not chosen. */
export function filtersOf(given: URLSearchParams): ReceivedFilters {
  return {
    window: WINDOW_NAMES.find((name) => name === given.get('window')) ?? '365',
    stars: STARS.find((stars) => String(stars) === given.get('stars')) ?? null,
    withComment: given.get('withComment') === 'true',
    unanswered: given.get('unanswered') === 'true',
    q: (given.get('q') ?? '').trim().slice(0, 100),
    cursor: given.get('cursor'),
  };
}

export const isFiltered = ({ stars, withComment, unanswered, q }: ReceivedFilters): boolean =>
  stars !== null || withComment || unanswered || q !== '';

/** The same as a query: only what differs from the page's own choice. Another choice begins at the first page. */
export function queryOf(filters: ReceivedFilters, changes: Partial<ReceivedFilters> & { reply?: number } = {}): URLSearchParams {
  const { window, stars, withComment, unanswered, q, cursor, reply } = { ...filters, reply: undefined, ...changes };
  const chosen: [string, string | null | false | undefined][] = [
    ['window', window !== '365' && window],
    ['stars', stars && String(stars)],
    ['withComment', withComment && 'true'],
    ['unanswered', unanswered && 'true'],
    ['q', q],
    ['cursor', cursor],
    ['reply', reply?.toString()],
  ];
  return new URLSearchParams(chosen.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** The page's address with that choice. */
export function receivedHref(filters: ReceivedFilters, changes?: Parameters<typeof queryOf>[1], hash = 'newest'): string {
  const query = queryOf(filters, changes);
  return `/seller/ratings${query.size > 0 ? `?${query}` : ''}#${hash}`;
}
