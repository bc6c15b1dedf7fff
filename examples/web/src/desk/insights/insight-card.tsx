import { useMutation } from '@apollo/client/react';
import { SeoulTime } from '@/components/seoul-time';
import {
  DeskHideInsightDocument,
  DeskPublishInsightDocument,
  type DeskInsightFragment,
} from '@/desk/generated/graphql';
import { Badge } from '../parts/badge';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';
import { STATUS_NAMES } from '../words';
import styles from './insight-card.module.css';

/** A chart with its text, to be looked at and shown or hidden. */
export function InsightCard({ insight }: { insight: DeskInsightFragment }) {
  const { id, title, content, status, dataset, createdAt, releasedAt } = insight;
  const action = useAction();
  const [publish] = useMutation(DeskPublishInsightDocument, { variables: { id } });
  const [hide] = useMutation(DeskHideInsightDocument, { variables: { id } });
  return (
    <article className="panel" aria-label={title}>
      <div className={styles.card}>
        <div>
          <p className="row">
            <Badge>{STATUS_NAMES[status!]}</Badge>
            <span className="muted">
              <SeoulTime at={releasedAt ?? createdAt} withTime />
            </span>
          </p>
          <h2>{title}</h2>
          <p>{content}</p>
          <p className="muted">
            자료:{' '}
            <a href={dataset.sourceUrl} target="_blank" rel="noreferrer">
              {dataset.name}
            </a>
          </p>
          <p className="row">
            {status !== 'PUBLISHED' && (
              <button
                className="button primary"
                disabled={action.busy}
                aria-label={`${title} 공개하기`}
                onClick={() => void action.run(() => publish(), '공개했어요.')}
              >
                공개하기
              </button>
            )}
            {status !== 'HIDDEN' && (
              <button
                className="button"
                disabled={action.busy}
                aria-label={`${title} 숨기기`}
                onClick={() => void action.run(() => hide(), '숨겼어요.')}
              >
                숨기기
              </button>
            )}
          </p>
          <Outcome action={action} />
        </div>
        {/* A chart of any size from the gateway, which only the session of this reader may see. */}
        <img
          className={styles.chart}
          src={chartPath(insight.chartSvgUrl)}
          alt={`${title} 그림`}
          loading="lazy"
        />
      </div>
    </article>
  );
}

/** The same picture through this server, which adds the token: in review it is nobody else's. */
function chartPath(chartUrl: string): string {
  const [file, insightId] = new URL(chartUrl).pathname.split('/').reverse();
  return `/desk/charts/${insightId}/${file}`;
}
