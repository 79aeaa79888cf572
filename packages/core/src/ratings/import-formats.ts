import { foldColumn, writerOf, type Signs } from '../imports/tables.ts';
import { IMPORT_COLUMNS, type ImportColumn, type Scale } from './import-rules.ts';
import type { DateOrder } from './import-times.ts';

/** How a program exports ratings: the names of its columns, folded by {@link foldColumn}, the first that a file has counts. */
export interface RatingFormat {
  label: string;
  signs: Signs;
  columns: Partial<Record<ImportColumn, readonly string[]>>;
  dates?: DateOrder;
  scale?: Scale;
  html?: boolean;
  /** The name of raters, where the file has ids only. */
  raterName?: string;
}

const names = ['author', 'nickname', 'reviewer_name', 'full_name', 'name'] as const;
const own = Object.fromEntries(IMPORT_COLUMNS.map((column) => [column, [column]]));

/** In the order in which they are tried. */
export const RATING_FORMATS = {
  assay: { label: 'rater, seller, score, time', signs: [['rater', 'score', 'time']], columns: own },
  judgeme: {
    label: 'Judge.me',
    signs: [
      ['review_date', 'reviewer_name', 'rating'],
      ['review_date', 'reviewer_email', 'rating'],
    ],
    columns: {
      rater: ['reviewer_email', 'reviewer_name'],
      name: ['reviewer_name'],
      score: ['rating'],
      time: ['review_date'],
      title: ['title'],
      comment: ['body'],
      state: ['curated', 'published', 'status'],
    },
    html: true,
  },
  shopify: {
    label: 'Shopify Product Reviews',
    signs: [['state', 'rating', 'author', 'created_at']],
    columns: {
      rater: ['email', 'author'],
      name: ['author'],
      score: ['rating'],
      time: ['created_at'],
      title: ['title'],
      comment: ['body'],
      state: ['state'],
    },
    html: true,
  },
  yotpo: {
    label: 'Yotpo',
    signs: [['review_score'], ['review_content', 'score']],
    columns: {
      rater: [
        'reviewer_email',
        'email',
        'user_email',
        'customer_email',
        'display_name',
        'reviewer_name',
        'reviewer_display_name',
        'user_name',
      ],
      name: ['display_name', 'reviewer_display_name', 'reviewer_name', 'user_name', 'name'],
      score: ['review_score', 'score'],
      time: ['date', 'review_date', 'review_creation_date', 'creation_date', 'created_at'],
      title: ['review_title'],
      comment: ['review_content'],
      state: ['published', 'review_status', 'status', 'state'],
    },
    html: true,
  },
  trustpilot: {
    label: 'Trustpilot',
    signs: [['review_stars'], ['stars', 'review_content', 'consumer_name']],
    columns: {
      rater: ['consumer_id', 'review_user_id', 'consumer_email', 'reviewer_email', 'review_username', 'consumer_name'],
      name: ['review_username', 'consumer_name'],
      score: ['review_stars', 'stars'],
      time: ['review_created_utc', 'review_created', 'review_published_utc', 'created_at', 'review_date'],
      title: ['review_title'],
      comment: ['review_content'],
      state: ['review_status', 'status'],
    },
  },
  woocommerce: {
    label: 'WooCommerce',
    signs: [
      ['comment_author', 'comment_content'],
      ['reviewer', 'review', 'date_created'],
    ],
    columns: {
      rater: ['comment_author_email', 'reviewer_email', 'comment_author', 'reviewer'],
      name: ['comment_author', 'reviewer'],
      score: ['rating', 'meta_rating', 'comment_rating'],
      time: ['comment_date_gmt', 'date_created_gmt', 'comment_date', 'date_created'],
      title: ['title', 'meta_title', 'comment_title'],
      comment: ['comment_content', 'review'],
      state: ['comment_approved', 'status'],
      parent: ['comment_parent'],
    },
    html: true,
  },
  etsy: {
    label: 'Etsy',
    signs: [
      ['star_rating', 'date_reviewed'],
      ['buyer_user_id', 'rating', 'review'],
    ],
    columns: {
      rater: ['buyer_user_id', 'reviewer'],
      name: ['reviewer'],
      score: ['star_rating', 'rating'],
      time: ['date_reviewed', 'created_timestamp', 'create_timestamp'],
      comment: ['message', 'review'],
    },
    dates: 'mdy',
    html: true,
    raterName: 'Etsy buyer',
  },
  ebay: {
    label: 'eBay',
    signs: [
      ['feedback', 'rating', 'from'],
      ['comment_text', 'comment_type', 'commenting_user'],
    ],
    columns: {
      rater: ['from', 'commenting_user'],
      score: ['rating', 'comment_type'],
      time: ['date', 'comment_time', 'when'],
      comment: ['feedback', 'comment_text'],
    },
    dates: 'mdy',
  },
  amazon: {
    label: 'Amazon seller feedback',
    signs: [
      ['rater_email', 'rating'],
      ['rating', 'comments', 'order_id'],
    ],
    columns: { rater: ['rater_email', 'order_id'], score: ['rating'], time: ['date'], comment: ['comments'] },
    raterName: 'Amazon customer',
  },
  loox: {
    label: 'Loox',
    signs: [
      ['rating', 'body', 'author'],
      ['rating', 'body', 'nickname'],
      ['rating', 'review', 'nickname'],
      ['rating', 'review', 'full_name'],
    ],
    columns: {
      rater: ['email', 'reviewer_email', ...names],
      name: names,
      score: ['rating'],
      time: ['created_at', 'date', 'review_date'],
      title: ['title'],
      comment: ['body', 'review'],
      state: ['status', 'state', 'published'],
    },
    html: true,
  },
} as const satisfies Record<string, RatingFormat>;
export type RatingFormatName = keyof typeof RATING_FORMATS;
export const ratingFormat = (name: RatingFormatName): RatingFormat => RATING_FORMATS[name];

/** The format of a file with these columns; null where no program that is known writes them. */
export const detectRatingFormat = (columns: readonly string[]): RatingFormatName | null => writerOf(RATING_FORMATS, columns);

/** What each column of a file is in that format; null where it is nothing of a rating. */
export function columnsOfFormat(format: RatingFormatName, columns: readonly string[]): (ImportColumn[] | null)[] {
  const folded = columns.map(foldColumn);
  const places = Object.entries(ratingFormat(format).columns).map(([column, aliases]) => {
    const alias = aliases.find((name) => folded.includes(name));
    return { column: column as ImportColumn, place: alias === undefined ? -1 : folded.indexOf(alias) };
  });
  return folded.map((_name, at) => {
    const here = places.filter(({ place }) => place === at).map(({ column }) => column);
    return here.length > 0 ? here : null;
  });
}
