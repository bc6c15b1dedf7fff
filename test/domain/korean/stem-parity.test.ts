import pg from 'pg';
import articles from '../../../prisma/seed/articles.json';
import terms from '../../../prisma/seed/economic-terms.json';
import newsroom from '../../../src/dev/standins/newsroom/articles.json';
import { stemOf } from '../../../src/domain/korean/particles';
import { searchText } from '../../../src/domain/korean/words';
import { createTestDatabase } from '../../helpers/test-database';

const NOUNS = [
  '금',
  '금리',
  '환율',
  '전문가',
  '국내총생산',
  'gdp',
  's&p',
  '3.5%',
  '500',
  '\u{20000}',
  '\u{20000}가',
  'é',
];
const ENDINGS =
  '이었어요 이라고 이에요 였어요 에서는 에서도 에서의 에게는 으로는 으로도 으로의 까지는 까지의 부터는 보다는 으로 에서 에게 께서 한테 까지 부터 보다 처럼 마다 조차 밖에 하고 이나 이라 라고 이란 이며 이고 이다 예요 에는 에도 로는 로도 로의 와는 와의 과는 과의 만은 만이 은 는 이 가 을 를 의 에 도 와 과 로 만 뿐 들 들이 들은 만큼 으로부터 에서부터 요 입니다'.split(
    ' ',
  );

/** Words of everything the project ships, and nouns with one ending and with two. */
function words(): string[] {
  const texts = [
    ...articles.flatMap(({ title, content, comment }) => [title, content, comment]),
    ...terms.flatMap(({ term, description }) => [term, description]),
    ...newsroom.flatMap(({ title, paragraphs }) => [title, ...paragraphs]),
  ];
  const written = texts.flatMap((text) => searchText(text).trim().split(' '));
  const generated = NOUNS.flatMap((noun) =>
    ENDINGS.flatMap((ending) => [noun + ending, ...ENDINGS.slice(-25).map((other) => noun + ending + other)]),
  );
  return [...new Set(['', ...written, ...NOUNS, ...ENDINGS, ...generated])];
}

describe('the stem of a word', () => {
  it('is the same in the database', async () => {
    const all = words();
    expect(all.length).toBeGreaterThan(5_000);
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client
      .query<{ stem: string }>(
        'SELECT search_stem(w) AS stem FROM unnest($1::text[]) WITH ORDINALITY AS t(w, n) ORDER BY n',
        [all],
      )
      .finally(() => client.end())
      .finally(() => database.drop());
    const differing = all.filter((word, at) => stemOf(word) !== rows[at]!.stem);
    expect(differing).toEqual([]);
  });
});
