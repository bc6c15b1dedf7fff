import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { publicPage } from '@/components/public-page';
import { SeoulTime } from '@/components/seoul-time';
import { Fault } from '@/graphql/fault';
import { InsightDocument, type InsightQuery } from '@/graphql/generated/graphql';
import { readPublic } from '@/server/public-data';
import { Chart } from './chart';
import type { ChartSpec } from './chart-spec';
import { ChartTable } from './chart-table';
import styles from './insight.module.css';

type Props = PageProps<'/insights/[id]'>;

/** Null when there is none of this id, which may be no id at all. */
async function readInsight({ params }: Props): Promise<InsightQuery['insight']> {
  try {
    return (await readPublic(InsightDocument, { id: (await params).id })).insight;
  } catch (error) {
    if (error instanceof Fault && error.code === 'BAD_USER_INPUT') return null;
    throw error;
  }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const insight = await readInsight(props).catch(() => null);
  if (!insight) return { title: '인사이트' };
  const { title, content, chart, chartPngUrl } = insight;
  const picture = { url: chartPngUrl, width: 1200, height: 630, alt: (chart as ChartSpec).description };
  return {
    title,
    description: content,
    openGraph: { type: 'article', title, description: content, images: [picture] },
    twitter: { card: 'summary_large_image' },
  };
}

export default publicPage(async (props: Props) => {
  const insight = await readInsight(props);
  if (!insight) notFound();
  const { title, content, releasedAt, chartSvgUrl, dataset } = insight;
  const chart = insight.chart as ChartSpec;
  return (
    <article className={styles.insight}>
      <h1>{title}</h1>
      {releasedAt && (
        <p className={styles.about}>
          <SeoulTime at={releasedAt} />
        </p>
      )}
      <figure className={styles.figure}>
        <Chart spec={chart} svgUrl={chartSvgUrl} />
        <figcaption>
          자료: <a href={dataset.sourceUrl}>{dataset.name}</a>
          {dataset.fetchedAt && (
            <>
              {' '}
              (<SeoulTime at={dataset.fetchedAt} /> 기준)
            </>
          )}
        </figcaption>
      </figure>
      <p>{content}</p>
      <ChartTable spec={chart} caption={title} />
      <p>
        <Link href="/insights" prefetch={false}>
          다른 인사이트 보기
        </Link>
      </p>
    </article>
  );
});
