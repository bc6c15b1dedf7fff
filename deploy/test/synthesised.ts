import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { context } from '../cdk.json';
import { SETTINGS } from '../settings';
import { GyeongdanStack } from '../stack/gyeongdan-stack';
import { type EnvironmentSettings, OPTIONAL_SECRETS, parseSettings } from '../stack/settings.schema';

export type Environment = keyof typeof SETTINGS;

/** The settings as they are committed, with some changed. */
export function settingsOf(environment: Environment, changed: Partial<EnvironmentSettings> = {}) {
  return parseSettings({ [environment]: { ...SETTINGS[environment], ...changed } })[environment]!;
}

/** What app.ts makes, with a folder of its own. */
export function checkedApp(): App {
  const app = new App({ context, outdir: mkdtempSync(path.join(tmpdir(), 'gyeongdan-cdk-')) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

let both: App | undefined;

/** Both environments as `cdk synth` makes them, once. It asks nobody: without a network, without credentials. */
export function bothEnvironments(): App {
  if (both) return both;
  both = checkedApp();
  for (const [environment, settings] of Object.entries(parseSettings(SETTINGS)))
    new GyeongdanStack(both, { environment, settings, processes: true });
  return both;
}

/** An environment as its settings are committed. */
export function synthesise(environment: Environment): Template {
  return Template.fromStack(bothEnvironments().node.findChild(`gyeongdan-${environment}`) as Stack);
}

/** Every optional secret, and the settings without which they are of no use. */
export const EVERY_SECRET = {
  both: { MAIL_FROM: 'news@gyeongdan.example', KAKAO_APP_ID: '123456' },
  worker: {
    NAVER_CLIENT_ID: 'abc',
    GOOGLE_SEARCH_ENGINE_ID: 'cx',
    OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small',
  },
  secrets: [...OPTIONAL_SECRETS.both, ...OPTIONAL_SECRETS.worker],
};
let other: Template | undefined;

/** Staging at its first deployment, of an older repository, with every secret: one synthesis for all of it. */
export function synthesiseOtherwise(): Template {
  if (other) return other;
  const github = { ...SETTINGS.staging.github, ids: null };
  const settings = settingsOf('staging', { github, application: EVERY_SECRET });
  const app = new App({ context });
  return (other = Template.fromStack(
    new GyeongdanStack(app, { environment: 'staging', settings, processes: false }),
  ));
}

/** Properties of the only resource of a type, or of each one of several. */
export function all(template: Template, type: string): Record<string, unknown>[] {
  return Object.values(template.findResources(type)).map(
    ({ Properties }) => Properties as Record<string, unknown>,
  );
}
export function only(template: Template, type: string): Record<string, unknown> {
  const found = all(template, type);
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
  return found[0]!;
}
