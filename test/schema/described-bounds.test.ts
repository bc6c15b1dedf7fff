import { startTestApp, type TestApp } from '../helpers/app';
import { inputPlaces, type InputPlace } from '../helpers/input-places';
import { sampleOf } from '../helpers/sample-variables';

const BOUNDS = inputPlaces().flatMap((place) => {
  const [pattern, ofSize] = boundIn(place);
  const most = pattern.exec(place.description)?.[1]?.replace(',', '');
  // So many characters or items, or such a `first`, the description allows.
  return most ? [{ ...place, most: Number(most), variables: (size: number) => place.put(ofSize(size)) }] : [];
});

/** How descriptions state it, and a value of a size. */
function boundIn({ type, isList }: InputPlace): [RegExp, (size: number) => unknown] {
  if (isList)
    return [/(?:At most|1 to) ([\d,]+)\b(?! characters)/, (size) => Array(size).fill(sampleOf(type))];
  if (String(type) === 'String') return [/(?:to|at most) ([\d,]+) characters/i, (size) => 'x'.repeat(size)];
  return [/: 1 to ([\d,]+)\./, (size) => size];
}

describe('What descriptions say is the most', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());

  it('is said of every kind of argument', () => {
    expect(BOUNDS.map(({ argument }) => argument)).toEqual(
      expect.arrayContaining(['first', 'reason', 'terms', 'terms.0.aliases', 'input.phrases.0.easy']),
    );
  });

  it.each(BOUNDS)(
    'is what the server takes: $name, $argument, $most',
    async ({ operation, argument, most, variables }) => {
      const call = async (size: number) =>
        (await app.query(operation, variables(size), { token })).errors[0]?.extensions;
      expect([undefined, 'NOT_FOUND', 'CONFLICT']).toContain((await call(most))?.code);
      expect(await call(most + 1)).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    },
  );
});
