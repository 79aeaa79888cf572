import {
  averageText,
  figuresOf,
  isTaskName,
  STARS,
  type AlertKind,
  type Histogram,
  type MaintenanceKind,
  type MaintenanceRunView,
  type MaintenanceStatus,
  type OperationsDashboard,
  type TaskName,
} from '@assay/contract';
import { count, counted, signed } from '#lib/format.ts';

const NBSP = '\u00A0';

/** Above these an endpoint is marked. */
export const ERROR_RATE_LIMIT = 0.05;
export const P95_LIMIT_MS = 1000;

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const CLOCK_SECONDS = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "09:14" */
export const hour = (iso: string): string => CLOCK.format(new Date(iso));
/** "09:14:22 UTC" */
export const clock = (iso: string): string => `${CLOCK_SECONDS.format(new Date(iso))} UTC`;
/** "Sun, 22 Nov" */
export const weekday = (iso: string): string => WEEKDAY.format(new Date(iso));

/** "14 min ago", seen from the moment at which the page was read. */
export function ago(iso: string, at: string): string {
  const minutes = Math.floor((Date.parse(at) - Date.parse(iso)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes}${NBSP}min ago`;
  if (minutes < 2880) return `${Math.floor(minutes / 60)}${NBSP}h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}

/** "2 min 18 s" */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole}${NBSP}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${NBSP}min ${whole % 60}${NBSP}s`;
  return `${Math.floor(whole / 3600)}${NBSP}h ${Math.floor((whole % 3600) / 60)}${NBSP}min`;
}

/** A rate with one decimal: "0.4 %". Rounding never turns some into none. */
export function rate(value: number | null): string {
  if (value === null) return '–';
  const shown = (value * 100).toFixed(1);
  return value > 0 && shown === '0.0' ? `<${NBSP}0.1${NBSP}%` : `${shown}${NBSP}%`;
}

/** What is usual, as exactly as it deserves: 22, or 0.4 where whole numbers would say none. */
export const usually = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** "212 ms" */
export const millis = (value: number | null): string => (value === null ? '–' : `${count(Math.round(value))}${NBSP}ms`);

/** "4.775 · 717 ratings" */
export function exactScore(histogram: Histogram): string {
  const { sum, total } = figuresOf(histogram);
  return total === 0 ? 'no ratings' : `${averageText(sum, total, 3)} · ${counted(total, 'rating')}`;
}

/** Which stars are stored too often or too rarely: "5 stars −1". */
export function differences(stored: Histogram, recounted: Histogram): string[] {
  return STARS.toReversed()
    .filter((stars) => stored[stars] !== recounted[stars])
    .map((stars) => `${counted(stars, 'star')} ${signed(stored[stars] - recounted[stars], 0)}`);
}

export const runLabels: Record<MaintenanceKind, string> = { verify: 'Verification', recalculate: 'Recalculation' };
export const statusLabels: Record<MaintenanceStatus, string> = {
  queued: 'waiting to start',
  running: 'running',
  paused: 'paused',
  done: 'finished',
  failed: 'failed',
};

/** Not over: it runs, or it will. */
export const isOpen = ({ status }: Pick<MaintenanceRunView, 'status'>): boolean => ['queued', 'running', 'paused'].includes(status);

/** How fast a run is since it began and how long it takes at that speed; null where that cannot be said. */
export function paceOf({ status, startedAt, done, total }: MaintenanceRunView, at: string): { perSecond: number; left: string } | null {
  const seconds = startedAt ? (Date.parse(at) - Date.parse(startedAt)) / 1000 : 0;
  if (status !== 'running' || done === 0 || seconds <= 0) return null;
  const perSecond = done / seconds;
  return { perSecond, left: duration((total - done) / perSecond) };
}

const alertNeeds: Record<AlertKind, string> = {
  'error-rate': 'too many requests fail',
  'response-time': 'responses are too slow',
  'rating-spike': 'there are unusually many ratings',
  rollout: 'a rollout was rolled back or is waiting for you',
  discrepancies: 'an alert about stored scores is open',
  ledger: 'the ledger of money has a difference',
};
const NUMBER_WORDS = ['Nothing', 'One thing', 'Two things', 'Three things', 'Four things', 'Five things', 'Six things', 'Seven things'];

/** What waits for a person, one after the other. */
export function needsOf(
  { discrepancies, alerts, runs }: OperationsDashboard,
  waiting: { reported: number; appeals: number } | null,
): string[] {
  const differing = discrepancies.found.length;
  const kinds = new Set(alerts.filter(({ status }) => status === 'open').map(({ kind }) => kind));
  if (differing > 0) kinds.delete('discrepancies');
  const lastRun = runs[0];
  return [
    differing === 1 && 'one stored score differs from its recount',
    differing > 1 && `${count(differing)} stored scores differ from their recounts`,
    ...[...kinds].map((kind) => alertNeeds[kind]),
    lastRun?.status === 'failed' && `the last ${runLabels[lastRun.kind].toLowerCase()} failed`,
    waiting?.reported === 1 && 'one reported rating waits for a decision',
    waiting && waiting.reported > 1 && `${count(waiting.reported)} reported ratings wait for a decision`,
    waiting?.appeals === 1 && 'one appeal waits for a decision',
    waiting && waiting.appeals > 1 && `${count(waiting.appeals)} appeals wait for a decision`,
  ].filter((need) => typeof need === 'string');
}

/** "One thing needs you: one stored score differs from its recount." */
export function headline(needs: readonly string[]): string {
  if (needs.length === 0) return 'All clear.';
  return `${NUMBER_WORDS[needs.length] ?? `${needs.length} things`} ${needs.length === 1 ? 'needs' : 'need'} you: ${needs.join('; ')}.`;
}

const TASK_LABELS: Record<TaskName, string> = {
  'account.erase': 'Deleted account',
  'alert.deliver': 'Alert webhook',
  'email.send': 'E-mail',
  'image.render': 'Image sizes',
  'invoice.render': 'Receipt or invoice',
  'ledger.verify': 'Verification of the ledger',
  'maintenance.run': 'Verification or recalculation',
  'password-reset.send': 'Password reset e-mail',
  'charge.capture': 'Payment',
  'charge.look-up': 'Payment look-up',
  'payment.capture': 'Payment',
  'payment.look-up': 'Payment look-up',
  'payment.refund': 'Refund',
  'payout.check': 'Payout look-up',
  'payout.send': 'Payout through Stripe',
  'payouts.make': 'Payouts',
  'provider-event.apply': 'Event of the payment provider',
  'reconciliation.run': 'Reconciliation with the payment provider',
  'refund.send': 'Refund',
};

/** What a task does; its name where another version of the product added it. */
export const taskLabel = (name: string): string => (isTaskName(name) ? TASK_LABELS[name] : name);
