import type { ModelOptions } from '../adapters/language-model/openai-client';
import { priceOf } from '../adapters/language-model/model-prices';
import { UpstreamPace } from '../adapters/rate-limiter/upstream-pace';
import type { SharedContext } from './shared';

type ModelSettings = NonNullable<SharedContext['config']['model']>;

/** The name under which a model's turns are taken and its state is told. */
export function providerOf({ baseUrl, name }: Pick<ModelSettings, 'baseUrl' | 'name'>): string {
  return `${new URL(baseUrl).host} ${name}`;
}

/** What every model is asked with: its server, its price, its turns. */
export function modelOptionsOf(
  { database: { pool }, logger, observe }: SharedContext,
  settings: ModelSettings,
): ModelOptions {
  const { apiKey, baseUrl, name, timeoutMs, requestsPerMinute: perMinute, usdPerMillionTokens } = settings;
  const provider = providerOf(settings);
  const { isAssumed: isPriceAssumed, ...price } = priceOf(name, usdPerMillionTokens);
  if (isPriceAssumed)
    logger.warn(
      { provider, ...price },
      'the price of a model is not known: set it, or the dearest is assumed',
    );
  const pace = perMinute > 0 ? new UpstreamPace({ pool, upstream: `model ${provider}`, perMinute }) : null;
  return {
    apiKey,
    baseUrl,
    model: name,
    timeoutMs,
    pricePerMillionTokens: price,
    isPriceAssumed,
    observe: observe('model'),
    ...(pace && { turn: (signal) => pace.turn(signal) }),
  };
}
