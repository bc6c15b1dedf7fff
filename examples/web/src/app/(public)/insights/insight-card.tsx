import Link from 'next/link';
import { SeoulTime } from '@/components/seoul-time';
import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import { InsightCardFragmentDoc } from '@/graphql/generated/graphql';
import styles from './insights.module.css';

/** An insight in the list, with the server's picture of its chart. */
export function InsightCard({ insight }: { insight: FragmentType<typeof InsightCardFragmentDoc> }) {
  const { id, title, chartSvgUrl, releasedAt, dataset } = getFragmentData(InsightCardFragmentDoc, insight);
  return (
    <article className={styles.card}>
      {/* What it shows is told in words on its own page. */}
      <img className={styles.picture} src={chartSvgUrl} alt="" width={440} height={330} loading="lazy" />
      <h2 className={styles.title}>
        <Link href={`/insights/${id}`} prefetch={false}>
          {title}
        </Link>
      </h2>
      <p className={styles.origin}>
        {dataset.name}
        {releasedAt && (
          <>
            {' '}
            · <SeoulTime at={releasedAt} />
          </>
        )}
      </p>
    </article>
  );
}
