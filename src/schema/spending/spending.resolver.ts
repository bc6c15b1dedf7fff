import { Arg, Int, Query, Resolver } from 'type-graphql';
import type { Services } from '../../context/gateway';
import { MAX_DAYS, type SpendingReportService } from '../../domain/spending/spending-report.service';
import { cost, STATEMENT } from '../shared/field-policy';
import { ModelSpending } from './spending.type';

/** Of a thousand calls. */
const A_DAY = 20;

@Resolver(() => ModelSpending)
export class SpendingResolver {
  constructor(private readonly service: SpendingReportService) {}

  @Query(() => [ModelSpending], {
    description: '[ADMIN] what language models cost: newest day first, then by model and purpose',
    complexity: cost(({ days }) => STATEMENT + A_DAY * Number(days)),
  })
  modelSpending(
    @Arg('days', () => Int, {
      defaultValue: 30,
      description: `How many days in Asia/Seoul, today among them: 1 to ${MAX_DAYS}.`,
    })
    days: number,
  ) {
    return this.service.byDay(days);
  }
}

export const spendingResolvers = ({ spendingReports }: Services) => [new SpendingResolver(spendingReports)];
