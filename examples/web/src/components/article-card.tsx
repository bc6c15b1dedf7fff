import Link from 'next/link';
import type { ReactNode } from 'react';
import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import { ArticleCardFragmentDoc } from '@/graphql/generated/graphql';
import { CATEGORY_NAMES } from './categories';
import { SeoulTime } from './seoul-time';
import styles from './article-card.module.css';

export type ArticleCardData = FragmentType<typeof ArticleCardFragmentDoc>;

interface Props {
  article: ArticleCardData;
  /** Such as why it is recommended. */
  children?: ReactNode;
}

/** An article in a list, which links to it. Impressions finds it by `data-article`. */
export function ArticleCard({ article, children }: Props) {
  const { id, title, comment, category, publishedAt, publisher } = getFragmentData(
    ArticleCardFragmentDoc,
    article,
  );
  return (
    <article className={styles.card} data-article={id}>
      <p className={styles.about}>{CATEGORY_NAMES[category]}</p>
      <h3 className={styles.title}>
        <Link href={`/articles/${id}`} prefetch={false}>
          {title}
        </Link>
      </h3>
      {comment && <p className={styles.comment}>{comment}</p>}
      <p className={styles.origin}>
        {publisher.name} · <SeoulTime at={publishedAt} />
      </p>
      {children}
    </article>
  );
}
