import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { InsightJobService } from '../../domain/insight/insight-jobs.service';
import type { InsightService } from '../../domain/insight/insight.service';
import type { Insight as InsightRow } from '../../domain/insight/insights.sql';
import { GenerationJob } from '../job/job.type';
import type { RequestContext } from '../request-context';
import { AfterArg, IdArg, IdempotencyKeyArg, pageSize } from '../shared/arguments';
import { toConnection } from '../shared/connection.type';
import { CacheSeconds, cost, STATEMENT } from '../shared/field-policy';
import { Url, VegaLiteSpec } from '../shared/scalars';
import { Dataset } from './dataset.type';
import { Insight, InsightConnection } from './insight.type';

/** A specification of some hundred points, read, written and sent. */
const CHART = 400;

@Resolver(() => Insight)
export class InsightResolver {
  constructor(
    private readonly service: InsightService,
    private readonly jobs: InsightJobService,
  ) {}

  @Query(() => InsightConnection, {
    description: '[public] published ones, newest released first',
    complexity: cost(STATEMENT),
  })
  @CacheSeconds(10)
  async insights(@Arg('first', () => Int, pageSize(10)) first: number, @AfterArg() after?: string | null) {
    return toConnection(await this.service.list({ first, after: after ?? null }));
  }

  @Query(() => Insight, {
    nullable: true,
    description: '[public] null when absent or not published (ADMIN sees every status)',
    complexity: cost(STATEMENT),
  })
  @CacheSeconds(10)
  insight(@Ctx() context: RequestContext, @IdArg('insight') id: string) {
    return this.service.byId(context.viewer, id);
  }

  @Mutation(() => GenerationJob, {
    description: '[ADMIN] a job of kind INSIGHT that draws a chart of a data set and writes about it',
  })
  requestInsight(
    @Ctx() context: RequestContext,
    @Arg('title', () => String, {
      description: 'What it is to be about, in one line, e.g. 서울 인구 추이: 1 to 100 characters.',
    })
    title: string,
    @Arg('datasetId', () => ID, {
      description: 'Id of the data set, as datasets tells; NOT_FOUND for another.',
    })
    datasetId: string,
    @IdempotencyKeyArg() key?: string | null,
  ) {
    return this.jobs.request(context.caller, { title, datasetId }, key ?? null);
  }

  @Mutation(() => Insight, { description: '[ADMIN] shows it, and its pictures, to everybody' })
  publishInsight(@Ctx() context: RequestContext, @IdArg('insight') id: string) {
    return this.service.publish(context.signedIn, id);
  }

  @Mutation(() => Insight, { description: '[ADMIN] from all but ADMIN, its pictures too' })
  hideInsight(@Ctx() context: RequestContext, @IdArg('insight') id: string) {
    return this.service.hide(context.signedIn, id);
  }

  @FieldResolver(() => VegaLiteSpec, {
    description: 'For Vega-Lite 6: one view with its data inline, at most 1,000 points.',
    complexity: cost(CHART),
  })
  async chart(@Ctx() context: RequestContext, @Root() insight: { id: string }) {
    return (await context.loaders.insightChart.load(insight.id))?.chart;
  }

  @FieldResolver(() => Url, { description: 'The same chart, drawn by the server.' })
  chartSvgUrl(@Root() insight: InsightRow) {
    return this.service.urlsOf(insight).svg;
  }

  @FieldResolver(() => Url, { description: 'The same as a picture of 1200 by 630, for previews of links.' })
  chartPngUrl(@Root() insight: InsightRow) {
    return this.service.urlsOf(insight).png;
  }

  @FieldResolver(() => Dataset, { description: 'Where its figures are from.', complexity: cost(2) })
  dataset(@Ctx() context: RequestContext, @Root() insight: InsightRow) {
    return context.loaders.dataset.load(insight.datasetId);
  }
}

export const insightResolvers = ({ insights, insightJobs }: Services) => [
  new InsightResolver(insights, insightJobs),
];
