import type { LanguageModel } from '../adapters/language-model/language-model';
import { BuiltInInsightWriter } from '../domain/insight/built-in-insight-writer';
import { FallbackInsightWriter } from '../domain/insight/fallback-insight-writer';
import type { InsightWriter } from '../domain/insight/insight-writer';
import { ModelInsightWriter } from '../domain/insight/model-insight-writer';
import type { SpendingService } from '../domain/spending/spending.service';
import type { SharedContext } from './shared';

/** What writes insights: a model as it writes articles, or the data's own columns. */
export function createInsightWriter(
  { config }: Pick<SharedContext, 'config'>,
  { models, spending }: { models: readonly LanguageModel[]; spending: SpendingService },
): InsightWriter {
  const builtIn = new BuiltInInsightWriter();
  if (models.length === 0) return builtIn;
  return new FallbackInsightWriter(
    models.map((model) => new ModelInsightWriter(model, spending)),
    config.rewriterOfLastResort === 'built-in' ? builtIn : null,
  );
}
