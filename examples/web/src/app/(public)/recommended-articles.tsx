'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ArticleCard } from '@/components/article-card';
import { Impressions } from '@/components/impressions';
import { Fault } from '@/graphql/fault';
import {
  HideRecommendationDocument,
  MoreLikeDocument,
  RecommendedArticlesDocument,
  type RecommendedArticlesQuery,
} from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';
import listStyles from '@/components/article-list.module.css';
import styles from './home.module.css';

const SIZE = 6;

type Answer = RecommendedArticlesQuery['recommendations'] | Fault | undefined;

/** What the signed-in reader may want to read, and why. What the reader says about a card changes the list at once. */
export function RecommendedArticles() {
  const [shown, setShown] = useState<Answer>();
  const [said, setSaid] = useState('');
  const load = useCallback(async () => {
    const answer = await sendDocument(RecommendedArticlesDocument, { first: SIZE }).catch(
      (fault: unknown) => fault as Fault,
    );
    setShown(answer instanceof Error ? answer : answer.recommendations);
  }, []);
  useEffect(() => void load(), [load]);

  const status = useRef<HTMLParagraphElement>(null);
  const isJudging = useRef(false);
  async function judge(articleId: string, likesIt: boolean) {
    if (isJudging.current) return;
    isJudging.current = true;
    try {
      if (likesIt) await sendDocument(MoreLikeDocument, { articleId });
      else await sendDocument(HideRecommendationDocument, { articleId });
      await load();
      setSaid(likesIt ? '비슷한 기사를 더 추천할게요.' : '이런 기사는 추천하지 않을게요.');
    } catch (fault) {
      setSaid((fault as Fault).message);
    } finally {
      isJudging.current = false;
    }
  }
  // The pressed button may have gone with its card.
  useEffect(() => {
    if (said && document.activeElement === document.body) status.current?.focus();
  }, [said, shown]);
  return (
    <>
      <p role="status" className={styles.said} ref={status} tabIndex={-1}>
        {said}
      </p>
      {shown === undefined && <p aria-busy="true">추천할 기사를 고르는 중이에요…</p>}
      {shown instanceof Error && (
        <p className="alert">
          {shown.message}{' '}
          <button className="button" onClick={() => void load()}>
            다시 시도
          </button>
        </p>
      )}
      {Array.isArray(shown) && (
        <Impressions surface="RECOMMENDATIONS">
          {shown.length === 0 && <p>추천할 기사를 모두 보셨어요. 아래에서 새 기사를 골라 보세요.</p>}
          <ul className={listStyles.list}>
            {shown.map(({ reason, article }) => (
              <li key={article.id}>
                <ArticleCard article={article}>
                  <p className={styles.reason}>{reason}</p>
                  <div className={styles.judge}>
                    <button onClick={() => void judge(article.id, true)}>더 보고 싶어요</button>
                    <button onClick={() => void judge(article.id, false)}>관심 없어요</button>
                  </div>
                </ArticleCard>
              </li>
            ))}
          </ul>
        </Impressions>
      )}
    </>
  );
}
