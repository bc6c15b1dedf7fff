import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { justified } from './justified';

/** A secret made of others; the template holds only where they are. */
export function derivedSecret(
  scope: Construct,
  id: string,
  { name, description, value }: { name: string; description: string; value: string },
): Secret {
  const secretStringValue = SecretValue.unsafePlainText(value);
  const secret = new Secret(scope, id, {
    secretName: name,
    description,
    secretStringValue,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  justified(secret, { 'AwsSolutions-SMG4': 'It is made of another one and changes with it.' });
  return secret;
}

/** What people fill in, as docs/deploy.md says: JSON objects of settings. */
export class FilledInSecrets extends Construct {
  /** Of both kinds of processes. */
  readonly application: Secret;
  readonly worker: Secret;

  constructor(scope: Construct, name: string) {
    super(scope, 'Secrets');
    const secret = (id: string, part: string, description: string) => {
      // Without a template: a changed one would write over what was filled in.
      const made = new Secret(this, id, {
        secretName: `${name}/${part}`,
        description,
        removalPolicy: RemovalPolicy.RETAIN,
      });
      justified(made, {
        'AwsSolutions-SMG4': 'Its values are made by others; docs/deploy.md says how to change them.',
      });
      return made;
    };
    this.application = secret('Application', 'application', `Signing keys and keys of Kakao of ${name}`);
    this.worker = secret('Worker', 'worker', `Keys of models and searches of ${name}`);
  }
}
