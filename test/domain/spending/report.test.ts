import { ModelSpendingDocument } from '../../generated/operations';
import { startTestApp, type TestApp } from '../../helpers/app';
import { koreanDay } from '../../../src/domain/reading/korean-calendar';

const DAY_MS = 86_400_000;
const dayBefore = (days: number) => koreanDay(new Date(Date.now() - days * DAY_MS));

describe('what models cost', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await startTestApp();
    ({ accessToken: token } = await app.login('admin'));
    const call = (day: string, model: string, more: object = {}) => ({
      purpose: 'ARTICLE' as const, provider: 'p', model, outcome: 'OK' as const, reservedUsd: 2, costUsd: 0.5,
      inputTokens: 10, outputTokens: 20, day: new Date(`${day}T00:00:00Z`), ...more,
    }); // prettier-ignore
    await app.context.database.prisma.modelCall.createMany({
      data: [
        call(dayBefore(0), 'b'),
        call(dayBefore(0), 'a'),
        call(dayBefore(0), 'a', { costUsd: null, inputTokens: null, outputTokens: null, outcome: 'ABORTED' }),
        call(dayBefore(0), 'c', { outcome: 'RESERVED', costUsd: null, priceAssumed: true }),
        call(dayBefore(29), 'a'),
        call(dayBefore(30), 'a'),
      ],
    });
  });
  afterAll(() => app.close());

  async function spending(days: number) {
    const { data, errors } = await app.send(ModelSpendingDocument, { days }, { token });
    return { rows: data?.modelSpending, errors };
  }

  it('is told by day, model and purpose, the newest day first', async () => {
    const row = { purpose: 'ARTICLE', calls: 1, inputTokens: 10, outputTokens: 20, costUsd: 0.5, priceAssumed: false };
    expect((await spending(30)).rows).toEqual([
      { ...row, day: dayBefore(0), model: 'a', calls: 2, costUsd: 2.5 },
      { ...row, day: dayBefore(0), model: 'b' },
      { ...row, day: dayBefore(0), model: 'c', costUsd: 2, priceAssumed: true },
      { ...row, day: dayBefore(29), model: 'a' },
    ]);
    expect((await spending(1)).rows!.map(({ model }) => model)).toEqual(['a', 'b', 'c']);
    expect((await spending(366)).rows).toHaveLength(5);
  }); // prettier-ignore

  it.each([0, -1, 367])('is not told for %d days', async (days) => {
    const { errors } = await spending(days);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'days' });
  });

  it('is nobody else’s business', async () => {
    const { accessToken } = await app.login('reader-1');
    const { errors } = await app.send(ModelSpendingDocument, { days: 1 }, { token: accessToken });
    expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
  });
});
