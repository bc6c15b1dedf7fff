/**
 * What differs between the environments; docs/deploy.md says where each value comes from. Nothing here is secret. The zeros
 * and `gyeongdan.example` are to be replaced: AWS refuses them.
 */
export const SETTINGS = {
  staging: {
    account: '000000000000',
    region: 'ap-northeast-2',
    domain: 'api.staging.gyeongdan.example',
    hostedZone: { id: 'Z00000000000000000000', name: 'gyeongdan.example' },
    network: { cidr: '10.30.0.0/16', natGateways: 1 },
    database: {
      instanceType: 't4g.small',
      multiAz: false,
      storageGib: 20,
      maxStorageGib: 100,
      backupDays: 7,
      maxConnections: 150,
    },
    queue: { nodeType: 'cache.t4g.micro', replicas: 0 },
    instances: { type: 't3.medium', min: 2, max: 4 },
    gateway: { min: 2, max: 4, cpu: 512, memoryMib: 512 },
    worker: { min: 1, max: 2, cpu: 512, memoryMib: 1280 },
    logDays: 30,
    alarmEmails: ['operations@gyeongdan.example'],
    firewall: false,
    github: {
      owner: 'gyeongdan',
      repository: 'gyeongdan',
      ids: { owner: 1, repository: 1 },
      createProvider: true,
    },
    application: {
      both: {
        KAKAO_APP_ID: '1',
        CORS_ORIGINS: 'https://staging.gyeongdan.example',
        KAKAO_REDIRECT_URIS: 'https://staging.gyeongdan.example/auth/kakao/callback',
      },
      worker: { DAILY_BUDGET_USD: '2' },
      secrets: ['OPENAI_API_KEY'],
    },
  },
  production: {
    account: '000000000000',
    region: 'ap-northeast-2',
    domain: 'api.gyeongdan.example',
    hostedZone: { id: 'Z00000000000000000000', name: 'gyeongdan.example' },
    network: { cidr: '10.20.0.0/16', natGateways: 2 },
    database: {
      instanceType: 't4g.medium',
      multiAz: true,
      storageGib: 50,
      maxStorageGib: 500,
      backupDays: 14,
      maxConnections: 300,
    },
    queue: { nodeType: 'cache.t4g.micro', replicas: 1 },
    instances: { type: 't3.medium', min: 3, max: 8 },
    gateway: { min: 2, max: 8, cpu: 512, memoryMib: 512 },
    worker: { min: 2, max: 4, cpu: 512, memoryMib: 1280 },
    logDays: 90,
    alarmEmails: ['operations@gyeongdan.example'],
    firewall: true,
    github: {
      owner: 'gyeongdan',
      repository: 'gyeongdan',
      ids: { owner: 1, repository: 1 },
      createProvider: false,
    },
    application: {
      both: {
        KAKAO_APP_ID: '1',
        CORS_ORIGINS: 'https://gyeongdan.example',
        KAKAO_REDIRECT_URIS: 'https://gyeongdan.example/auth/kakao/callback',
      },
      worker: { DAILY_BUDGET_USD: '10' },
      secrets: ['OPENAI_API_KEY'],
    },
  },
};
