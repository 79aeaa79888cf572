import type { DiscrepancyView, OperationsDashboard } from '@assay/contract';
import { requireOperator } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { toAlertView } from './alerts.ts';
import { toRunView } from './maintenance.ts';
import { getDailyMetrics, getRealTimeMetrics } from './metrics.ts';
import type { Finding } from './ports.ts';

/** Everything that the operators' page shows. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getOperationsDashboard(ctx: Context): Promise<OperationsDashboard> {
  requireOperator(ctx.actor);
  const [realTime, { sellers, ...daily }, last, alerts, runs] = await Promise.all([
    getRealTimeMetrics(ctx),
    getDailyMetrics(ctx),
    ctx.store.maintenance.lastVerification(),
    ctx.store.alerts.list(12),
    ctx.store.maintenance.list(6),
  ]);
  return {
    at: ctx.now().toISOString(),
    realTime,
    daily,
    sellers,
    discrepancies: {
      at: last?.at.toISOString() ?? null,
      sellers: last?.sellers ?? 0,
      found: last ? await named(ctx, last.findings) : [],
    },
    alerts: alerts.map(toAlertView),
    runs: runs.map(toRunView),
  };
}

async function named(ctx: Context, findings: readonly Finding[]): Promise<DiscrepancyView[]> {
  const names = await ctx.store.sellers.names(findings.map(({ sellerId }) => sellerId));
  return findings.map((finding) => ({ ...finding, sellerName: names.get(finding.sellerId) ?? `Account ${finding.sellerId}` }));
}
