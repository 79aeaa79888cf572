import type { DiscrepancyView, OperationsDashboard } from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { toRunView } from './maintenance.ts';
import { toAlertView } from './views.ts';
import { getDailyMetrics, getRealTimeMetrics } from './metrics.ts';
import type { Finding } from './ports.ts';

/** Everything that the operators' page shows. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getOperationsDashboard(ctx: Context): Promise<OperationsDashboard> {
  requireOperator(ctx.actor);
  const [realTime, { sellers, ...daily }, last, alerts, runs] = await Promise.all([
    getRealTimeMetrics(ctx),
    getDailyMetrics(ctx),
    ctx.repos.maintenance.lastVerification(),
    ctx.repos.alerts.list(12),
    ctx.repos.maintenance.list(6),
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
  const names = await ctx.repos.sellers.names(findings.map(({ sellerId }) => sellerId));
  return findings.map((finding) => ({ ...finding, sellerName: names.get(finding.sellerId) ?? `Account ${finding.sellerId}` }));
}
