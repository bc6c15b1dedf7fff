import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { SETTINGS } from './settings';
import { GyeongdanStack } from './stack/gyeongdan-stack';
import { parseSettings } from './stack/settings.schema';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
// `-c processes=none`: the first deployment, when neither an image nor the secrets are there yet.
const processes = app.node.tryGetContext('processes') !== 'none';
for (const [environment, settings] of Object.entries(parseSettings(SETTINGS)))
  new GyeongdanStack(app, { environment, settings, processes });
