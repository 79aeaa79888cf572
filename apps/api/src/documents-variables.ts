/** Variables of the founding documents that the product does not read, and what to do instead. */
const UNUSED: Record<string, string> = {
  SELLER_API_BASE_URL: 'programs reach /api/marketplace/seller below PUBLIC_URL',
  SELLER_WEBSOCKET_URL: 'programs reach /seller/ws below PUBLIC_URL',
  SELLER_TIER_UPGRADE_WEBHOOK_URL: 'there are no tier upgrades yet',
  DATADOG_API_KEY: 'set OTEL_EXPORTER_OTLP_ENDPOINT to the Datadog agent',
  REACT_APP_API_URL: 'pages reach the API at API_URL',
  BACKEND_URL: 'pages reach the API at API_URL',
  FRONTEND_URL: 'set PUBLIC_URL',
  WS_URL: 'WebSockets are below PUBLIC_URL',
  DEPLOYMENT_ENV: 'set NODE_ENV',
  NOTIFICATION_WEBHOOK: 'set ALERT_WEBHOOK_URL',
  SLACK_WEBHOOK_URL: 'set ALERT_WEBHOOK_URL',
  STATUSPAGE_ID: 'there is no status page yet',
  STATUSPAGE_API_KEY: 'there is no status page yet',
  HEALTH_CHECK_TIMEOUT: 'a release waits for /readyz by itself',
  VALIDATION_TIMEOUT: 'a release waits for /readyz by itself',
  RESPONSE_TIME_THRESHOLD: 'guards of a rollout: npm run flags -- guard NAME --p95 MS',
  ERROR_RATE_THRESHOLD: 'guards of a rollout: npm run flags -- guard NAME --errors PERCENT',
  THROUGHPUT_THRESHOLD: 'guards of a rollout: npm run flags -- guard NAME --requests MIN',
  ROLLBACK_ENABLED: 'a guarded rollout rolls back by itself',
  ROLLBACK_ON_FAILURE: 'a guarded rollout rolls back by itself',
  ROLLBACK_PERCENTAGE: 'npm run flags -- rollout NAME PERCENT',
};

/** One sentence about the variables that are set without effect; null where there are none. No value is printed. */
export function describeUnused(environment: NodeJS.ProcessEnv): string | null {
  const set = Object.keys(UNUSED).filter((name) => environment[name]);
  return set.length === 0 ? null : `Set without effect: ${set.map((name) => `${name} (${UNUSED[name]})`).join(', ')}.`;
}
