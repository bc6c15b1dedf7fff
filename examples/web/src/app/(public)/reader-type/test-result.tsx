'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { ArticleCard } from '@/components/article-card';
import { Impressions } from '@/components/impressions';
import { ReaderProfile } from '@/components/reader-profile';
import { READER_TYPES } from '@/components/reader-types';
import listStyles from '@/components/article-list.module.css';
import type { TestResult } from './answers-of';
import { ShareType } from './share-type';
import styles from './reader-type.module.css';

interface Props {
  result: TestResult;
  onAgain(): void;
}

export function TestResultView({ result: { profile, recommendations, user }, onAgain }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current!.focus(), []);
  const { name, description } = READER_TYPES[profile.type];
  return (
    <>
      <section className={styles.result} aria-labelledby="result">
        <h2 id="result" ref={heading} tabIndex={-1}>
          <span className={styles.note}>나의 유형은</span> {name}
        </h2>
        <p>{description}</p>
        <ReaderProfile profile={profile} />
        <p className={styles.note}>
          {user ? (
            <>
              결과를 <Link href="/me">내 정보</Link>에 저장했어요.
            </>
          ) : (
            '결과는 저장하지 않았어요.'
          )}
        </p>
        <ShareType type={profile.type} />
      </section>
      <section aria-labelledby="fitting">
        <h2 id="fitting">{name}에게 어울리는 기사</h2>
        {recommendations.length === 0 && <p>아직 추천할 기사가 없어요.</p>}
        <Impressions surface="RECOMMENDATIONS">
          <ul className={listStyles.list}>
            {recommendations.map(({ reason, article }) => (
              <li key={article.id}>
                <ArticleCard article={article}>
                  <p className={styles.reason}>{reason}</p>
                </ArticleCard>
              </li>
            ))}
          </ul>
        </Impressions>
      </section>
      <p>
        {/* Without scripts the link leads to the questions again. */}
        <a
          className="button"
          href="/reader-type"
          onClick={(event) => {
            event.preventDefault();
            onAgain();
          }}
        >
          다시 검사하기
        </a>
      </p>
    </>
  );
}
