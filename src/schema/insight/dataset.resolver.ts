import { Query, Resolver } from 'type-graphql';
import type { Services } from '../../context/gateway';
import type { DatasetService } from '../../domain/insight/dataset.service';
import { cost, STATEMENT } from '../shared/field-policy';
import { Dataset } from './dataset.type';

@Resolver(() => Dataset)
export class DatasetResolver {
  constructor(private readonly service: DatasetService) {}

  @Query(() => [Dataset], {
    description: '[ADMIN] what insights can be drawn from: the real ones first, then the made-up samples',
    complexity: cost(STATEMENT),
  })
  datasets() {
    return this.service.list();
  }
}

export const datasetResolvers = ({ datasets }: Services) => [new DatasetResolver(datasets)];
