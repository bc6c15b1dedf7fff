import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { context } from '../cdk.json';
import { SETTINGS } from '../settings';
import { GyeongdanStack } from '../stack/gyeongdan-stack';
import { type EnvironmentSettings, parseSettings } from '../stack/settings.schema';

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

/** One environment, as it is or with changed settings. */
export function synthesise(
  environment: Environment,
  changed?: { settings?: Partial<EnvironmentSettings>; processes?: boolean },
): Template {
  if (!changed)
    return Template.fromStack(bothEnvironments().node.findChild(`gyeongdan-${environment}`) as Stack);
  const settings = settingsOf(environment, changed.settings);
  const { processes = true } = changed;
  return Template.fromStack(new GyeongdanStack(new App({ context }), { environment, settings, processes }));
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
