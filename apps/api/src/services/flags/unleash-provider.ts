import { EventEmitter } from 'node:events';
import {
  FlagNotFoundError,
  OpenFeatureEventEmitter,
  ServerProviderEvents,
  TypeMismatchError,
  type EvaluationContext,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import { Unleash, UnleashEvents, type ClientFeaturesResponse, type UnleashConfig } from 'unleash-client';
import { unleashContextOf, type Toggle } from './toggles.ts';

type Segment = NonNullable<ClientFeaturesResponse['segments']>[number];
type Repository = NonNullable<UnleashConfig['repository']>;

/** Where the engine finds its toggles: handed over by us, where it would ask an Unleash server. */
class Toggles extends EventEmitter implements Repository {
  private toggles = new Map<string, Toggle>();
  private segments = new Map<number, Segment>();

  load(toggles: readonly Toggle[], segments: readonly Segment[]): void {
    this.toggles = new Map(toggles.map((toggle) => [toggle.name, toggle]));
    this.segments = new Map(segments.map((segment) => [segment.id, segment]));
    this.emit(UnleashEvents.Changed, toggles);
  }

  getToggle = (name: string) => this.toggles.get(name);
  getToggles = () => [...this.toggles.values()];
  getTogglesWithSegmentData = () => [] as ReturnType<Repository['getTogglesWithSegmentData']>; // never called here
  getSegment = (id: number) => this.segments.get(id);
  start = () => Promise.resolve(void this.emit(UnleashEvents.Ready));
  stop = () => {};
}

/**
 * The OpenFeature provider of the product: flags that are handed over to it, evaluated by Unleash's own client. Flags are
 * booleans; the side of an A/B test is the `variant` of the answer.
 */
export class UnleashProvider implements Provider {
  readonly metadata = { name: 'assay' };
  readonly runsOn = 'server';
  readonly events = new OpenFeatureEventEmitter();
  private readonly repository = new Toggles();
  private readonly engine = new Unleash({
    appName: 'assay',
    url: 'http://127.0.0.1/', // wanted by its constructor; there is no server, and it measures nothing
    repository: this.repository,
    disableMetrics: true,
    disableAutoStart: true,
    skipInstanceCountWarning: true,
  });

  /** Replaces all flags. */
  load(toggles: readonly Toggle[], segments: readonly Segment[] = []): void {
    this.repository.load(toggles, segments);
    this.events.emit(ServerProviderEvents.ConfigurationChanged, { flagsChanged: toggles.map(({ name }) => name) });
  }

  async initialize(): Promise<void> {
    await this.engine.start();
  }

  onClose(): Promise<void> {
    this.engine.destroy();
    return Promise.resolve();
  }

  resolveBooleanEvaluation(name: string, _default: boolean, context: EvaluationContext): Promise<ResolutionDetails<boolean>> {
    if (!this.repository.getToggle(name)) throw new FlagNotFoundError(`There is no flag ${name}.`);
    const { value, variant } = this.evaluate(name, context);
    // Without an id each evaluation would draw another variant.
    const known = context.userId !== undefined || context.sessionId !== undefined;
    return Promise.resolve({ value, ...(variant.enabled && known ? { variant: variant.name } : {}) });
  }

  /** What the engine says, whole. */
  evaluate(name: string, context: EvaluationContext) {
    const asked = unleashContextOf(context);
    return { value: this.engine.isEnabled(name, asked), variant: this.engine.getVariant(name, asked) };
  }

  resolveStringEvaluation = (name: string) => notBoolean(name);
  resolveNumberEvaluation = (name: string) => notBoolean(name);
  resolveObjectEvaluation = (name: string) => notBoolean(name);
}

function notBoolean(name: string): never {
  throw new TypeMismatchError(`${name} is a boolean.`);
}
