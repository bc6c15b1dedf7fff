import pg from 'pg';
import { createTestDatabase } from './test-database';

/** A made-up database as the two old services left it, with every oddity that is known of them. */
export interface OldTestDatabase {
  url: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** Empty, but for the schema. */
export async function createOldDatabase(sql = ''): Promise<OldTestDatabase> {
  const database = await createTestDatabase('template1');
  const query = async (text: string, values?: unknown[]) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  await query(`CREATE SCHEMA gyeongdan; ${sql}`);
  return { ...database, query };
}

/** As both services created them, char(255) padded, without foreign keys. */
export const OLD_TABLES = `
  CREATE TABLE gyeongdan.users (id bigint, name varchar(255), kakao_user_id bigint, profile_image varchar(255), role varchar(255));
  CREATE TABLE gyeongdan.user_type (id bigint, user_id bigint, user_type_issue_finder int, user_type_lifestyle_consumer int,
    user_type_entertainer int, user_type_tech_specialist int, user_type_professionals int, user_type char(255));
  CREATE TABLE gyeongdan.articles (id bigint, url varchar(2000), publisher char(255), title text, content text, simple_title text,
    simple_content text, comment text, category char(255), phrase jsonb, created_at timestamp, updated_at timestamp,
    published_at timestamp, image_url text, view_count bigint, is_valid boolean, unheard_of int);
  CREATE TABLE gyeongdan.article_related_documents (id bigint, article_id bigint, title text, link text, snippet text);
  CREATE TABLE gyeongdan.article_view_history (id bigint, article_id bigint, viewed_at timestamp, user_id bigint);
  CREATE TABLE gyeongdan.interactions (id bigint, classification_id int, article_id bigint, duration_time int);
  CREATE TABLE gyeongdan.recommends (classification_id int, recommend_article_ids int[]);
  CREATE TABLE gyeongdan.economic_terms (id bigint, term varchar(255), description text, example text);
  CREATE TABLE gyeongdan.faq (id bigint, question text, answer text);
  CREATE TABLE gyeongdan.api_visualization (id bigint, title text, content text, graph_html text, created_at timestamp);
  CREATE TABLE public.gpt_response (id bigint, prompt text, response text);
  CREATE TABLE gyeongdan.newsletter_article (id bigint, category char(255), content text, updated_at timestamp, email_addresses text[]);
  CREATE TABLE gyeongdan.subscriptions (id bigint, name char(255), email_address text, category char(255), status boolean,
    created_at timestamp);
  CREATE TABLE gyeongdan.alembic_version (version_num varchar(32));
`;

const PLOTLY = `<html><head><script>/* Plotly.newPlot( is what draws */</script></head><body><div id="abc"></div>
<script type="text/javascript">window.PLOTLYENV=window.PLOTLYENV || {};
if (document.getElementById("abc")) { Plotly.newPlot( "abc",
[{"name":"인구 \\u003cb\\u003e수\\u003c/b\\u003e","x":["2021","2022","2023"],"y":{"dtype":"f8","bdata":"AAAAAAAA8D8AAAAAAAAAQAAAAAAAAAhA"},"type":"bar"}],
{"title":{"text":"인구"},"xaxis":{"title":{"text":"연도"}},"yaxis":{"title":{"text":"만 명"}}}, {"responsive": true} ) };</script></body></html>`;
const LIST_FIGURE = `<script>var figure = {"data": [{"labels": ["가", "나"], "values": [3, 1], "type": "pie"}], "layout": {}};
Plotly.newPlot(document.getElementById('x'), figure.data, figure.layout)</script>`;
const NO_JSON = `<script>Plotly.newPlot('x', [{x: [1, 2], y: [3, 4]}])</script>`;

/** What tests count on; the comments say what is odd. */
export const ODD_ROWS = `
  INSERT INTO gyeongdan.users VALUES
    (1, '홍길동', 5000001, 'http://k.kakaocdn.net/a.jpg', 'ADMIN'),
    (2, '길동 새 이름', 5000001, 'javascript:alert(1)', 'USER'), -- the same person
    (3, '  ', 5000003, NULL, 'USER'),
    (4, '이름 없는 사람', NULL, NULL, 'USER'), -- nobody can sign in to it
    (9007199254740993, 'A&amp;B', 5000005, NULL, NULL);
  INSERT INTO gyeongdan.user_type VALUES
    (1, 1, 30, 0, 0, 0, 0, 'ISSUE_FINDER'), (7, 2, 0, 5, NULL, 0, 20, 'PROFESSIONALS'), -- the newest of one person
    (2, 3, NULL, NULL, NULL, NULL, NULL, 'NONE'), (3, 9007199254740993, 0, 0, 0, 0, 0, 'TECH_SPECIALIST'),
    (4, 999, 10, 0, 0, 0, 0, 'ISSUE_FINDER'); -- an orphan
  INSERT INTO gyeongdan.articles VALUES
    (10, 'http://www.mk.co.kr/news/economy/1?utm_source=a', 'MAE_KYUNG', '한은, 금리 &quot;동결&quot;', E'한국은행은 3.5%로 동결했다.\\r\\n둘째 줄',
      '금리를 그대로 뒀어요', '한국은행이 기준금리를 3.5%로 그대로 뒀어요.', '그대로예요', 'ECONOMY_AND_BUSINESS',
      '{"기준금리": "은행끼리의 이자율"}', '2024-10-02 09:00', '2024-10-02 10:00', '2024-10-01 09:00', 'https://img.example.com/a.jpg', 41, true),
    (11, 'https://mk.co.kr/news/economy/1', 'MAE_KYUNG', '같은 기사', '본문', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 9, false),
    (12, 'https://www.hankyung.com/article/2', '한국경제', '쓰이지 않은 기사', '원문만 있습니다.', NULL, NULL, NULL, 'IT', '[]', NULL, NULL, NULL, '/relative.png', NULL, true),
    (13, 'javascript:alert(1)', 'NOBODY', '야구 경기', '프로야구 경기가 열렸다.', '야구 경기가 열렸어요', '프로야구 경기가 열렸어요. 선수들이 홈런을 쳤어요.', NULL, '알 수 없음',
      '[{"expression":"홈런","easy":"담장을 넘긴 타구"}, 7]', '2024-10-03', NULL, '2999-01-01', NULL, -4, true),
    (14, NULL, 'SEOUL_KYUNG', NULL, '', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), -- no text
    (15, 'https://www.sedaily.com/NewsView/3', 'SEOUL_KYUNG', '긴 글', '원문', '긴 글이에요', repeat('가나다라 ', 9000), repeat('마', 600), '정치',
      to_jsonb('{"expression":"긴","easy":"짧지 않은"}'::text), '2024-10-05 01:00', 'infinity', NULL, NULL, 3, NULL);
  INSERT INTO gyeongdan.article_related_documents VALUES
    (1, 10, '다른 &quot;글&quot;', 'https://example.com/a?utm_source=x', '<b>발췌</b>'), (2, 10, NULL, 'https://example.com/b', NULL),
    (3, 11, '같은 글', 'http://www.example.com/a', NULL), -- of the same article, the same page
    (4, 10, '나쁜 링크', 'javascript:alert(1)', ''), (5, 10, '상대', '/news/1', ''), (6, 10, '없음', NULL, ''), (7, 999, '고아', 'https://example.com/c', '');
  INSERT INTO gyeongdan.article_view_history VALUES
    (1, 10, '2026-11-24 00:30', 1), (2, 11, '2026-11-25 12:00', 2), (3, 10, '2026-11-23 12:00', 1), -- one person, one article
    (4, 10, '2026-11-30 08:00', NULL), (5, 999, '2026-11-24', 1), (6, 10, '2026-11-24', 4), (7, 13, NULL, 3), (8, 13, '2999-01-01', 3);
  INSERT INTO gyeongdan.interactions VALUES (1, 123, 10, 30), (2, 234, 10, 5);
  INSERT INTO gyeongdan.recommends VALUES (123, '{10,11}');
  INSERT INTO gyeongdan.economic_terms VALUES
    (1, '국내총생산', '나라 안에서 만든 것의 값', NULL), (2, '국내 총생산', '같은 것', ''), (3, '국내총생산(GDP)', '영어 이름이 붙은 같은 것', NULL),
    (4, ' ', '이름 없음', NULL), (5, '공매도', NULL, NULL), (6, '환율', repeat('다른 나라 돈의 값. ', 400), '1달러는 1,300원');
  INSERT INTO gyeongdan.faq VALUES (1, '무료인가요?', '네.'), (2, '무료 인가요', '아마도'), (3, '', '없음');
  INSERT INTO gyeongdan.newsletter_article VALUES
    (1, 'ECONOMY_AND_BUSINESS', '<h1>소식</h1><script>alert(1)</script><p>금리 소식</p>', '2024-10-07 08:00', '{a@example.com,A@EXAMPLE.com,"not one",NULL}'),
    (2, 'ECONOMY_AND_BUSINESS', '더 새 소식', '2024-10-09 08:00', '{}'), (3, '모름', '글', '2024-10-09', '{}'), (4, '정치', '날짜 없음', NULL, NULL);
  INSERT INTO gyeongdan.subscriptions VALUES
    (1, '가나다', 'Reader@Example.com', 'ECONOMY_AND_BUSINESS', true, '2026-10-01 09:00'), (2, '가나다', 'reader@example.com ', '스포츠', true, '2026-10-02'),
    (30, '나', 'old@example.com', '경제', true, '2020-01-01'), (4, '다', 'left@example.com', '경제', false, '2026-10-01'),
    (5, '라', 'not an address', '경제', true, '2026-10-01'), (6, '마', 'm@example.com', '???', true, NULL), (7, NULL, 'n@example.com', '경제', NULL, NULL),
    (8, '바', 'Left@example.com', '경제', true, '2026-09-01'), (9, '바', 'left@example.com', '경제', false, '2026-10-02'), -- has ended since
    (10, '사', 'old@example.com', '경제', false, '2019-01-01');
  INSERT INTO public.gpt_response VALUES (1, '질문', '답');
`;

/** Charts: typed arrays, a variable, no JSON, nothing. */
export const ODD_CHARTS = (
  [
    ['인구', '인구가 늘었어요.', PLOTLY],
    ['비율', '가가 많아요.', LIST_FIGURE],
    ['없음', '차트가 없어요.', NO_JSON],
    [' ', '', null],
  ] as const
).map((row, at) => [at + 1, ...row] as const);

/** A database with all of it. */
export async function createOddDatabase(): Promise<OldTestDatabase> {
  const old = await createOldDatabase(OLD_TABLES + ODD_ROWS);
  for (const chart of ODD_CHARTS)
    await old.query(`INSERT INTO gyeongdan.api_visualization VALUES ($1, $2, $3, $4, '2024-10-01 09:00')`, [
      ...chart,
    ]);
  return old;
}
