import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Construct } from 'constructs';

const RELEASES_KEPT = 50;

/** Images of the releases: a tag never changes. */
export class Registry extends Construct {
  readonly repository: Repository;

  constructor(scope: Construct, name: string) {
    super(scope, 'Registry');
    this.repository = new Repository(this, 'Repository', {
      repositoryName: name,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [
        { rulePriority: 1, description: 'left over', tagStatus: TagStatus.UNTAGGED, maxImageCount: 1 },
        {
          rulePriority: 2,
          description: 'old releases',
          tagStatus: TagStatus.ANY,
          maxImageCount: RELEASES_KEPT,
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
