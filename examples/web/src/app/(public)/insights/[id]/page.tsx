import type { Metadata } from 'next';
import Link from 'next/link';
import { publicPage } from '@/components/public-page';
import { SeoulTime } from '@/components/seoul-time';
import { InsightDocument } from '@/graphql/generated/graphql';
import { notThere } from '@/server/not-there';
import { readPublic } from '@/server/public-data';
import { Chart } from './chart';
import type { ChartSpec } from './chart-spec';
import { ChartTable } from './chart-table';
import styles from './insight.module.css';

type Props = PageProps<'/insights/[id]'>;

/** Asked by the head of the page and by its body. */
const readInsight = async (id: string) => (await readPublic(InsightDocument, { id })).insight;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const insight = await readInsight(id).catch(() => null);
  if (!insight) return { title: '인사이트를 찾을 수 없습니다', robots: { index: false } };
  const { title, content, chart, chartPngUrl } = insight;
  const picture = { url: chartPngUrl, width: 1200, height: 630, alt: (chart as ChartSpec).description };
  return {
    title,
    description: content,
    alternates: { canonical: `/insights/${id}` },
    openGraph: {
      type: 'article',
      title,
      description: content,
      siteName: '경단',
      locale: 'ko_KR',
      images: [picture],
    },
    twitter: { card: 'summary_large_image' },
  };
}

export default publicPage(async ({ params }: Props) => {
  const insight = await readInsight((await params).id);
  if (!insight) notThere();
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
