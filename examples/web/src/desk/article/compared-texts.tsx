import { useState } from 'react';
import { CATEGORY_NAMES } from '@/components/categories';
import type { DeskArticleFragment } from '@/desk/generated/graphql';
import { FindingList } from './finding-list';
import { findingsOf, placesOf } from './findings';
import { MarkedText } from './marked-text';
import { changedRanges, useWordDiff } from './word-diff';
import styles from './compared-texts.module.css';

/** The original beside the rewrite, with what is to be checked marked in it. */
export function ComparedTexts({ article }: { article: DeskArticleFragment }) {
  const [showsChanges, setShowsChanges] = useState(true);
  const { original, title, comment, content, phrases } = article;
  const findings = findingsOf(article);
  const texts = [
    title,
    content,
    comment ?? '',
    ...phrases.flatMap(({ expression, easy }) => [expression, easy]),
  ];
  const places = placesOf(texts, findings);
  const diff = useWordDiff(original?.content ?? '', content);
  const pieces = original && showsChanges && Array.isArray(diff) ? diff : [];
  const mark = (index: number) => (
    <MarkedText text={texts[index]!} findings={findings} places={places[index]!} />
  );
  return (
    <section aria-labelledby="texts" className="stack">
      <h2 id="texts">원문과 쉬운 글</h2>
      <FindingList findings={findings} places={places} isCompared={article.fidelity != null} />
      {original && (
        <label className={styles.toggle}>
          <input
            type="checkbox"
            checked={showsChanges}
            onChange={({ target }) => setShowsChanges(target.checked)}
          />
          서로 다른 낱말 표시하기
          {showsChanges && diff === 'tooDifferent' && (
            <span className="muted">두 글이 너무 달라서 표시하지 못했어요.</span>
          )}
        </label>
      )}
      <div className={styles.pair}>
        <section aria-labelledby="original">
          <h3 id="original">원문</h3>
          {original ? (
            <div className={styles.text}>
              <p className={styles.title}>{original.title}</p>
              <MarkedText text={original.content} changed={changedRanges(pieces, 'before')} as="del" />
            </div>
          ) : (
            <p>원문이 남아 있지 않아요.</p>
          )}
        </section>
        <section aria-labelledby="rewrite">
          <h3 id="rewrite">쉬운 글 · {CATEGORY_NAMES[article.category]}</h3>
          <div className={styles.text}>
            <p className={styles.title}>{mark(0)}</p>
            <MarkedText
              text={content}
              findings={findings}
              places={places[1]!}
              changed={changedRanges(pieces, 'after')}
            />
          </div>
          <h4>한 줄 평</h4>
          {comment ? <p>{mark(2)}</p> : <p className="muted">없어요.</p>}
          <h4>풀어 쓴 말</h4>
          {phrases.length === 0 && <p className="muted">없어요.</p>}
          <dl className={styles.phrases}>
            {phrases.map((_, index) => (
              <div key={index}>
                <dt>{mark(3 + 2 * index)}</dt>
                <dd>{mark(4 + 2 * index)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </section>
  );
}
