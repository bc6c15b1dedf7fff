-- Endings of sentences and words of any subject took the places of those that tell what an article is about: 있어요, 이유.
CREATE OR REPLACE FUNCTION article_keywords(title text, body text) RETURNS TABLE (keyword text, weight int)
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT keyword, sum(points)::int AS weight
  FROM (SELECT search_stem(left(w, 100)) AS keyword, 1 AS points FROM string_to_table(btrim(body), ' ') AS t(w)
        UNION ALL SELECT search_stem(left(w, 100)), 3 FROM string_to_table(btrim(title), ' ') AS t(w)) AS words
  WHERE length(keyword) > 1 AND keyword !~ '^[0-9]'
    -- 수요, 필요, 주요, 개요, 중요 and 소요 are nouns.
    AND keyword !~ '((?<![수필주개중소])요|니다|니까|거든|는데|지만|면서|다고|라고|(었|았|했|였|됐|있|없|한|된)다)$'
    AND keyword <> ALL (string_to_array(
      '이유 사람 사람들 회사 우리 우리나라 가격 가장 시간 다른 있는 하지 어떻게 이렇게 그렇게 때문 다시 조금 정말 많은 않는 올해 '
      '내년 작년 지난해 지난 이번 오늘 하루 처음 대신 번째 하나 모두 함께 그런 이런 어떤 사는 읽는 것은 돈이 돈을 돈은 '
      '원을 값이 달에 번에 문을 생각 보기 그대로 국내 전망 경우 정도 이후 이상 이하 가운데 관련 '
      '통해 위해 대해 따라 또는 그리고 그러나 하지만 그래서 있던 없는 되는 하는 같은 같이 보다 모든 여러 최근 현재 예정 계획 '
      '방법 문제 결과 부분 이야기 얘기 마음 자리 거의 아주 매우 너무 먼저 바로 아직 이미 계속 새로운 새로 만큼 동안 사이 '
      '한번 누구 무엇 어디 언제 그런데 앞두고 만들어 만든 바꾸고 비슷한 넘게 전문가 '
      '전문가들 가능성 비싸게 싸게 칼럼 분석 사설 경제학 그동안 이제 덕분 물론 특히 실제 실제로 그래도 오히려 역시 결국 '
      '다음 나온 나오는 크게 높은 낮은 좋은', ' '))
  GROUP BY keyword ORDER BY weight DESC, length(keyword) DESC, keyword LIMIT 24
$$;

-- The articles that are there already.
DELETE FROM "ArticleKeyword";
INSERT INTO "ArticleKeyword" ("articleId", "keyword", "weight")
SELECT s."articleId", k.keyword, k.weight FROM "ArticleSearch" s CROSS JOIN LATERAL article_keywords(s."title", s."body") AS k
ON CONFLICT DO NOTHING;
