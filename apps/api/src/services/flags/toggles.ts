import type { FlagName, FlagState } from '@assay/contract';
import type { FlagSubject } from '@assay/core';
import type { EvaluationContext } from '@openfeature/server-sdk';
import type { ClientFeaturesResponse, Context as UnleashContext } from 'unleash-client';

/** A flag as Unleash clients know it. */
export type Toggle = ClientFeaturesResponse['features'][number];
type Strategy = NonNullable<Toggle['strategies']>[number];

const STAFF = 'staff';
/** What decides the side of a rollout. */
const BUCKET = 'bucket';

/**
 * A flag of ours as an Unleash toggle: it is on where one of its strategies says so. Browsers are spread over
 * hundredths by their cookie, before and after signing in; accounts of clients without one by their id. Each with the flag's name, so that who is in at 10 % is in at 25 %, and not
 * always the same people go first.
 */
export function toToggle(name: FlagName, state: FlagState): Toggle {
  const { enabled, killed, rolloutPercentage, targets, variants } = state;
  const valuesOf = (kind: FlagState['targets'][number]['kind']) =>
    targets.filter((target) => target.kind === kind).map(({ value }) => value);
  const constrained = (contextName: string, operator: 'IN' | 'STR_CONTAINS', values: string[]): Strategy[] =>
    values.length === 0
      ? []
      : [
          {
            name: 'default',
            parameters: {},
            constraints: [{ contextName, operator, values, inverted: false, caseInsensitive: false }] as never,
          },
        ];
  const users = valuesOf('user');
  return {
    name,
    enabled: enabled && !killed,
    strategies: [
      ...constrained('audience', 'IN', [STAFF]),
      ...(users.length > 0 ? [{ name: 'userWithId', parameters: { userIds: users.join(',') }, constraints: [] }] : []),
      ...constrained('roles', 'STR_CONTAINS', valuesOf('role').map(asWord)),
      ...constrained('tier', 'IN', valuesOf('tier')),
      ...gradual(name, rolloutPercentage),
    ],
    variants: variants.map(({ name: variant, weight }) => ({ name: variant, weight, stickiness: BUCKET })),
  };
}

/** At 100 % everybody, also those who cannot be known again. */
function gradual(name: FlagName, percentage: number): Strategy[] {
  if (percentage === 100) return [{ name: 'default', parameters: {}, constraints: [] }];
  return [{ name: 'flexibleRollout', parameters: { rollout: String(percentage), stickiness: BUCKET, groupId: name }, constraints: [] }];
}

/** For OpenFeature: the attributes of the subject that any provider gets. */
export function evaluationContextOf({ userId, visitorId, roles, tier, staff }: FlagSubject): EvaluationContext {
  const bucket = visitorId ?? (userId === undefined ? undefined : String(userId));
  return {
    ...(bucket === undefined ? {} : { targetingKey: bucket, [BUCKET]: bucket }),
    ...(userId === undefined ? {} : { userId: String(userId) }),
    ...(visitorId ? { sessionId: visitorId } : {}),
    roles: [...roles],
    ...(tier ? { tier } : {}),
    audience: staff ? STAFF : 'public',
  };
}

// What Unleash has fields of its own for; anything else is a property.
const FIELDS = new Set(['userId', 'sessionId', 'remoteAddress', 'environment', 'appName']);

/** OpenFeature's context as Unleash's. Lists become words, so that "contains" finds whole ones. */
export function unleashContextOf(context: EvaluationContext): UnleashContext {
  const properties: Record<string, string> = {};
  const fields: UnleashContext = {};
  for (const [name, value] of Object.entries(context)) {
    if (name === 'currentTime') fields.currentTime = new Date(value as string);
    else if (FIELDS.has(name)) fields[name] = value as string;
    else if (Array.isArray(value)) properties[name] = (value as string[]).map(asWord).join('');
    else if (name !== 'targetingKey') properties[name] = `${value as string | number | boolean}`;
  }
  return { ...fields, properties };
}

const asWord = (text: string) => ` ${text} `;
