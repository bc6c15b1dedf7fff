import { RateLimits, type LimitScope } from '../../../src/adapters/rate-limiter/rate-limits';
import { AnonymousWeight } from '../../../src/domain/reading/anonymous-weight';
import { createLogger } from '../../../src/logger';

const logger = createLogger({ level: 'silent', pretty: false });
const ONE = { address: 1, viewer: 1, user: 1, export: 1, signIn: 1, cost: 1, newViewer: 1, anonymousView: 1, anonymousReading: 1 }; // prettier-ignore
const SCOPES = Object.keys(ONE) as LimitScope[];

describe('keys that others make up', () => {
  it.each(SCOPES)('are 20,000 of %s, the last that came, and none of another scope', async (scope) => {
    const limits = new RateLimits({ limits: { ...ONE, [scope]: 2 }, redisUrl: null, logger });
    const [other] = SCOPES.filter((each) => each !== scope);
    await limits.take(other!, 'one');
    for (const key of ['quiet', 'busy', 'busy']) await limits.take(scope, key);
    expect(await limits.allows(scope, 'busy')).toBe(false);
    for (let n = 0; n < 10_000; n++) await limits.take(scope, String(n));
    expect(await limits.allows(scope, 'quiet')).toBe(true);
    for (let n = 10_000; n < 30_000; n++) await limits.take(scope, String(n));
    expect(await limits.allows(scope, 'quiet', 2)).toBe(true);
    expect(await limits.allows(other!, 'one')).toBe(false);
  });

  it('are of articles no more than an address may have views', async () => {
    const counted = { anonymousView: 0, anonymousReading: 0 };
    const limits = new RateLimits({ limits: { anonymousReading: 20 }, redisUrl: null, logger });
    const weight = new AnonymousWeight({
      allows: (scope, key) => {
        counted[scope as keyof typeof counted] += 1;
        return limits.allows(scope, key);
      },
    });
    for (let n = 0; n < 100; n++)
      await weight.allowsView({ id: 'reader', userId: null, address: '203.0.113.1' }, String(n));
    expect(counted).toEqual({ anonymousView: 20, anonymousReading: 100 });
  });
});
