import Link from 'next/link';
import type { AnswerCardFragment } from '@/graphql/generated/graphql';
import styles from './sanjini.module.css';

const OWN_ARTICLE = /\/sources\/articles\/([0-9a-f-]{36})$/;

export function sourceAnchor(answerId: string, number: number): string {
  return `source-${answerId}-${number}`;
}

/** What an answer rests on, in the order of its numbers. */
export function AnswerSources({ answer: { id, sources } }: { answer: AnswerCardFragment }) {
  if (sources.length === 0) return null;
  return (
    <>
      <h4 className={styles.sourcesTitle}>출처</h4>
      <ol className={styles.sources}>
        {sources.map(({ id: sourceId, title, link, snippet }, index) => (
          <li key={sourceId} id={sourceAnchor(id, index + 1)} tabIndex={-1}>
            <SourceLink link={link}>{title}</SourceLink>
            {snippet && <p className={styles.note}>{snippet}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** An article of ours is read here, everything else where it is. */
function SourceLink({ link, children }: { link: string; children: string }) {
  const articleId = OWN_ARTICLE.exec(link)?.[1];
  if (articleId) return <Link href={`/articles/${articleId}`}>{children}</Link>;
  return (
    <a href={link} rel="noreferrer">
      {children}
    </a>
  );
}
